/** HTTP/1.1 (RFC 9112) over a connection to a server of the machine: what is sent, and answers read from it. */
import type { ByteStream } from '../machine/byte-stream.ts'
import { createHttpReader } from './http-reader.ts'

export interface HttpHead {
  /** The lines as they came, with the empty one that ends them. */
  text: string
  status: number
  reason: string
  /** 1.0 or 1.1. */
  version: string
  headers: [name: string, value: string][]
}

export interface HttpConnection {
  send(bytes: Uint8Array): Promise<void>
  /** undefined where the server ended the connection without a word. */
  head(): Promise<HttpHead | undefined>
  /** The body's bytes as they come, by the head's own account of them. `raw` hears how many came over the connection. */
  body(head: HttpHead, raw: (count: number) => void): AsyncGenerator<Uint8Array>
  /** What a body that ended early lacks; 0 for a whole one. */
  readonly missing: number
  /** The connection may carry another request. */
  readonly reusable: boolean
  close(): Promise<void>
}

/** The last header of a name. */
export const headerOf = (head: Pick<HttpHead, 'headers'>, name: string): string | undefined =>
  head.headers.findLast(([each]) => each.toLowerCase() === name)?.[1]

/** It throws what `stream` throws. */
export function createHttpConnection(stream: ByteStream): HttpConnection {
  const reader = createHttpReader(stream)
  let reusable = true

  return {
    get missing() {
      return reader.missing
    },
    get reusable() {
      return reusable
    },
    send: stream.send,
    async head() {
      let text = ''
      for (;;) {
        const next = await reader.line()
        if (next === undefined) return undefined
        text += `${next}\n`
        if (next.trim() === '' && text.trim() !== '') return parseHead(text)
      }
    },
    async *body(head, raw) {
      const length = headerOf(head, 'content-length')
      const connection = headerOf(head, 'connection')?.toLowerCase() ?? ''
      reusable = head.version === '1.1' ? !connection.includes('close') : connection.includes('keep-alive')
      if (head.status < 200 || head.status === 204 || head.status === 304) return
      if (headerOf(head, 'transfer-encoding')?.toLowerCase().includes('chunked')) yield* reader.chunked(raw)
      else if (length !== undefined) yield* reader.take(Number(length) || 0, raw)
      else {
        reusable = false
        yield* reader.take(Infinity, raw)
        reader.missing = 0
      }
    },
    close: stream.close,
  }
}

function parseHead(text: string): HttpHead {
  const [first = '', ...lines] = text.split(/\r?\n/)
  const [, version = '1.0', status = '0', reason = ''] = /^HTTP\/(\d(?:\.\d)?) (\d{3}) ?(.*)$/.exec(first) ?? []
  const headers = parseFields(lines)
  return { text, status: Number(status), reason, version, headers }
}

/** Header lines up to the empty one. */
export const parseFields = (lines: string[]): [name: string, value: string][] => lines.flatMap((each): [string, string][] => {
  const colon = each.indexOf(':')
  return colon > 0 ? [[each.slice(0, colon), each.slice(colon + 1).trim()]] : []
})
