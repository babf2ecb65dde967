/** RFC 9110 8.4: what a server has packed. */
import { headerOf, type HttpHead } from './http-connection.ts'

export type Coding = 'gzip' | 'deflate'

/** Undefined for what is not packed, or in a way that is unknown here, and then stays so. */
export function codingOf(head: Pick<HttpHead, 'headers'>): Coding | undefined {
  const coding = headerOf(head, 'content-encoding')?.trim().toLowerCase()
  return coding === 'gzip' || coding === 'x-gzip' ? 'gzip' : coding === 'deflate' ? 'deflate' : undefined
}

/** Fails with a TypeError where the bytes are not what the coding says. */
export const unpacked = (body: ReadableStream<Uint8Array>, coding: Coding): ReadableStream<Uint8Array> =>
  body.pipeThrough(new DecompressionStream(coding) as ReadableWritablePair<Uint8Array, Uint8Array>)
