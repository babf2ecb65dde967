/** What a browser keeps of answers so that the server may say "not modified" (RFC 9111 4.3): nothing is used without asking. */
import { headerOf } from '../../engine/http/http-connection.ts'
import { joinBytes } from '../../engine/bytes/join-bytes.ts'
import type { PaneRequest, PaneResponse, ResponseHead } from './messages.ts'

export interface KeptResponses {
  /** The request as it may be asked: with what is kept of its answer named in it. */
  ask(request: PaneRequest): PaneRequest
  /** The answer to give: the kept one for a 304 to what `ask` added, and it keeps what it can. */
  answer(asked: PaneRequest, request: PaneRequest, response: PaneResponse): PaneResponse
}

const MOST_BYTES = 2_000_000
const MOST_RESPONSES = 100
const conditions = new Set(['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'range'])

export function createKeptResponses(): KeptResponses {
  const kept = new Map<string, { head: ResponseHead; bytes: Uint8Array }>()

  function keep(response: PaneResponse): PaneResponse {
    const { url, status, statusText, headers } = response
    const parts: Uint8Array[] = []
    let size = 0
    const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        size += part.length
        if (size <= MOST_BYTES) parts.push(part.slice())
        controller.enqueue(part)
      },
      flush() {
        kept.delete(url)
        if (size > MOST_BYTES) return
        kept.set(url, { head: { url, status, statusText, headers }, bytes: joinBytes(parts) })
        const [oldest] = kept.keys()
        if (kept.size > MOST_RESPONSES && oldest !== undefined) kept.delete(oldest)
      },
    }))
    return { ...response, body }
  }

  return {
    ask(request) {
      const known = request.method === 'GET' && !request.headers.some(([name]) => conditions.has(name.toLowerCase())) ? kept.get(withoutFragment(request.url)) : undefined
      if (!known) return request
      const tag = headerOf(known.head, 'etag')
      const date = headerOf(known.head, 'last-modified')
      const named: [string, string][] = [...tag === undefined ? [] : [['If-None-Match', tag] as [string, string]], ...date === undefined ? [] : [['If-Modified-Since', date] as [string, string]]]
      return { ...request, headers: [...request.headers, ...named] }
    },
    answer(asked, request, response) {
      const known = asked === request ? undefined : kept.get(response.url)
      if (known && response.status === 304) {
        void response.body.cancel()
        return { ...known.head, body: new Blob([known.bytes as Uint8Array<ArrayBuffer>]).stream() }
      }
      const mayKeep = request.method === 'GET' && response.status === 200
        && (headerOf(response, 'etag') ?? headerOf(response, 'last-modified')) !== undefined
        && !/no-store/i.test(headerOf(response, 'cache-control') ?? '') && !/cookie|\*/i.test(headerOf(response, 'vary') ?? '')
      return mayKeep ? keep(response) : response
    },
  }
}

const withoutFragment = (url: string) => url.replace(/#.*/s, '')
