import type { Http } from './create-http.ts'
import { checkHashes } from './check-hashes.ts'
import { freshUntil } from './freshness.ts'
import { IndexError } from './index-error.ts'
import type { ResponseStore, StoredResponse } from './index-settings.ts'
import { readWhole } from './read-answer.ts'
import { shownUrl } from './shown-url.ts'
import { splitCredentials } from './split-credentials.ts'

export interface Wanted {
  readonly url: string
  /** Tells pages, metadata and files of one URL apart in the store. */
  readonly kind: string
  readonly accept: string
  readonly hashes?: Readonly<Record<string, string>>
  /** Bytes. */
  readonly most: number
}

/**
 * A whole answer, from the store where it is fresh or the server says that it has not changed; undefined where the server knows nothing
 * of it. Its hashes are checked each time. Throws IndexError.
 */
export const fetchStored = async (
  http: Http, store: ResponseStore | undefined, now: () => number, { url, kind, accept, hashes = {}, most }: Wanted,
): Promise<StoredResponse | undefined> => {
  const shown = shownUrl(url)
  const key = `${kind} ${splitCredentials(url).url}`
  const kept = await wholeAndRight(await store?.read(key), hashes, shown)
  if (kept && (Object.keys(hashes).length > 0 || kept.freshUntil > now())) return kept
  return http.exchange({
    url,
    headers: () => ({
      Accept: accept,
      ...(kept?.etag !== undefined && { 'If-None-Match': kept.etag }),
      ...(kept?.lastModified !== undefined && { 'If-Modified-Since': kept.lastModified }),
    }),
    async take({ status, headers, url: final, pieces }) {
      if (status === 404 || status === 410) return undefined
      const until = freshUntil(headers, now())
      if (status === 304 && kept) {
        const renewed = { ...kept, freshUntil: until ?? 0 }
        await store?.write(key, renewed)
        return renewed
      }
      if (status >= 300) throw new IndexError('status', `${shown} answers ${status}, which was not asked for`, shown)
      const response: StoredResponse = {
        url: final,
        contentType: headers.get('Content-Type') ?? '',
        etag: headers.get('ETag') ?? undefined,
        lastModified: headers.get('Last-Modified') ?? undefined,
        freshUntil: until ?? 0,
        whole: true,
        body: await readWhole(pieces, most, shown),
      }
      await checkHashes(response.body, hashes, shown)
      if (until !== undefined) await store?.write(key, response)
      return response
    },
  })
}

/** What is kept may have been damaged, or be of other days: then it is asked for anew. */
const wholeAndRight = async (kept: StoredResponse | undefined, hashes: Readonly<Record<string, string>>, what: string) => {
  if (!kept?.whole) return undefined
  try {
    await checkHashes(kept.body, hashes, what)
    return kept
  } catch (error) {
    if (error instanceof IndexError) return undefined
    throw error
  }
}
