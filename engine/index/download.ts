import { joinBytes } from '../bytes/join-bytes.ts'
import { checkHashes } from './check-hashes.ts'
import type { Http } from './create-http.ts'
import { freshUntil } from './freshness.ts'
import { IndexError } from './index-error.ts'
import type { ResponseStore, StoredResponse } from './index-settings.ts'
import type { ProjectFile } from './package-index.ts'
import { BrokenConnection } from './read-answer.ts'
import { shownUrl } from './shown-url.ts'
import { splitCredentials } from './split-credentials.ts'

export interface DownloadOptions {
  readonly progress?: (received: number, total: number | undefined) => void
  readonly signal?: AbortSignal
}

/** What is here of a file, with what is needed to ask for the rest of the same file and no other. */
interface Part {
  pieces: Uint8Array[]
  received: number
  etag: string | undefined
  lastModified: string | undefined
}

const nothing = (): Part => ({ pieces: [], received: 0, etag: undefined, lastModified: undefined })
const partOf = (kept: StoredResponse | undefined): Part =>
  kept && !kept.whole
    ? { pieces: [kept.body], received: kept.body.length, etag: kept.etag, lastModified: kept.lastModified }
    : nothing()

/** A weak tag does not promise the same bytes (RFC 9110, 13.1.5). */
const validator = ({ etag, lastModified }: Part): string | undefined => (etag !== undefined && !etag.startsWith('W/') ? etag : lastModified)

/**
 * A file's bytes, hash and length as the listing says, from the store or over http; what broke off goes on where it ended, in a later run
 * too. Throws IndexError.
 */
export const download = async (
  http: Http, store: ResponseStore | undefined, now: () => number, file: ProjectFile, { progress, signal }: DownloadOptions = {},
): Promise<Uint8Array> => {
  const shown = shownUrl(file.url)
  const key = `file ${splitCredentials(file.url).url}`
  const hashed = Object.keys(file.hashes).length > 0
  const kept = await store?.read(key)
  if (kept?.whole && (hashed || kept.freshUntil > now()) && await isRight(kept.body, file)) {
    progress?.(kept.body.length, kept.body.length)
    return kept.body
  }
  let part = partOf(kept)
  let until: number | undefined
  const keep = async (whole: boolean) => {
    const { etag, lastModified } = part
    await store?.write(key, { url: shown, contentType: '', etag, lastModified, freshUntil: until ?? 0, whole, body: joinBytes(part.pieces) })
  }

  const bring = () => http.exchange<Uint8Array>({
    url: file.url,
    signal,
    headers: (): Record<string, string> => {
      const same = validator(part)
      if (part.received === 0 || same === undefined) return { Accept: '*/*' }
      return { Accept: '*/*', Range: `bytes=${part.received}-`, 'If-Range': same }
    },
    async take({ status, headers, pieces }) {
      if (status === 404 || status === 410) throw new IndexError('not-found', `${shown} is not there (${status})`, shown)
      if (status === 416) {
        part = nothing()
        throw new BrokenConnection('what is here of it is more than the server has')
      }
      const goesOn = status === 206 && new RegExp(`^bytes ${part.received}-`).test(headers.get('Content-Range') ?? '')
      if (!goesOn) {
        if (status !== 200) throw new IndexError('status', `${shown} answers ${status}, which was not asked for`, shown)
        part = { ...nothing(), etag: headers.get('ETag') ?? undefined, lastModified: headers.get('Last-Modified') ?? undefined }
      }
      until = freshUntil(headers, now())
      const length = headers.get('Content-Encoding') === null ? headers.get('Content-Length') : null
      const total = length === null ? file.size : part.received + Number(length)
      progress?.(part.received, total)
      for await (const piece of pieces) {
        part.pieces.push(piece)
        part.received += piece.length
        checkLength(file, part.received, false)
        progress?.(part.received, total)
      }
      if (total !== undefined && part.received < total) throw new BrokenConnection(`it broke off after ${part.received} of ${total} bytes`)
      checkLength(file, part.received, true)
      return joinBytes(part.pieces)
    },
  })

  try {
    const resumed = part.received > 0
    let bytes = await bring()
    if (resumed && !await isRight(bytes, file)) {
      // What was kept may be of another file than the server's.
      part = nothing()
      bytes = await bring()
    }
    await checkHashes(bytes, file.hashes, file.fileName)
    if (until !== undefined || hashed) await keep(true)
    return bytes
  } catch (error) {
    const code = error instanceof IndexError ? error.code : undefined
    if (part.received > 0 && validator(part) !== undefined && (code === undefined || code === 'unreachable' || code === 'timeout')) await keep(false)
    throw error
  }
}

const checkLength = ({ size, fileName }: ProjectFile, received: number, ended: boolean): void => {
  if (size === undefined || received === size || (received < size && !ended)) return
  const more = received > size && !ended ? 'more than ' : ''
  throw new IndexError('wrong-length', `${fileName} should have ${size} bytes, ${more}${more ? size : received} came`, fileName)
}

const isRight = (bytes: Uint8Array, file: ProjectFile): Promise<boolean> =>
  checkHashes(bytes, file.hashes, file.fileName).then(() => true, (error: unknown) => {
    if (error instanceof IndexError) return false
    throw error
  })
