import type { ByteSource } from '../archive/byte-source.ts'
import type { Answer, Http } from './create-http.ts'
import { IndexError } from './index-error.ts'
import type { ProjectFile } from './package-index.ts'
import { readWhole } from './read-answer.ts'
import { shownUrl } from './shown-url.ts'

/** Bytes that are asked for first: a zip reader looks for its directory in the last 64 KiB and a bit, and a wheel's metadata is mostly right before it. */
const tailLength = 72 * 1024

/**
 * Random access to a file on a server that gives ranges of it (RFC 9110, 14), without fetching the rest; undefined where it does not, or
 * gives others than it was asked for. No hash vouches for these bytes.
 */
export const remoteBytes = async (http: Http, { url, size: listed }: ProjectFile): Promise<ByteSource | undefined> => {
  const shown = shownUrl(url)
  const range = (value: string, etag?: string) => http.exchange<ByteRange | undefined>({
    url,
    headers: () => ({ Accept: '*/*', Range: `bytes=${value}`, ...(etag !== undefined && { 'If-Range': etag }) }),
    take: async answer => {
      if (answer.status === 404 || answer.status === 410) throw new IndexError('not-found', `${shown} is not there (${answer.status})`, shown)
      return readRange(answer, shown)
    },
  })
  const tail = await range(listed === undefined ? `-${tailLength}` : `${Math.max(0, listed - tailLength)}-`)
  if (!tail || tail.start + tail.bytes.length !== tail.total || (listed !== undefined && listed !== tail.total)) return undefined
  return {
    size: tail.total,
    async read(offset, length) {
      const end = Math.min(offset + length, tail.total)
      if (offset >= tail.start) return tail.bytes.subarray(offset - tail.start, end - tail.start)
      const found = await range(`${offset}-${end - 1}`, tail.etag)
      if (found?.start !== offset || found.bytes.length !== end - offset || found.total !== tail.total) {
        throw new IndexError('wrong-length', `${shown} does not give the bytes that it was asked for`, shown)
      }
      return found.bytes
    },
  }
}

interface ByteRange {
  readonly start: number
  readonly total: number
  readonly bytes: Uint8Array
  /** A strong one. */
  readonly etag: string | undefined
}

const readRange = async ({ status, headers, pieces }: Answer, shown: string): Promise<ByteRange | undefined> => {
  const [, first, last, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('Content-Range') ?? '') ?? []
  const [start, end, total] = [Number(first), Number(last) + 1, Number(whole)]
  if (status !== 206 || !(start < end && end <= total)) return undefined
  const bytes = await readWhole(pieces, end - start, shown)
  const etag = headers.get('ETag') ?? undefined
  return { start, total, bytes, etag: etag?.startsWith('W/') ? undefined : etag }
}
