/** The machines' end of the way out: a `fetch` whose work the page does. */
import type { FetchAnswer, FetchQuestion } from './messages.ts'

interface Waiting {
  take(answer: FetchAnswer): void
}

export interface PageFetch {
  readonly fetch: typeof fetch
  /** What the page says. */
  answer(answer: FetchAnswer): void
}

/** Statuses whose responses have no body, by the standard. */
const bodyless = new Set([101, 103, 204, 205, 304])

export function fetchByPage(tell: (question: FetchQuestion) => void): PageFetch {
  const waiting = new Map<number, Waiting>()
  let count = 0

  return {
    answer: answer => waiting.get(answer.fetch)?.take(answer),
    async fetch(input, init) {
      const request = new Request(input, init)
      const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
      request.signal.throwIfAborted()
      const number = ++count
      return new Promise<Response>((resolve, reject) => {
        let stream: ReadableStreamDefaultController<Uint8Array> | undefined
        const end = () => {
          waiting.delete(number)
          request.signal.removeEventListener('abort', stop)
        }
        const fail = (error: unknown) => {
          end()
          if (stream) stream.error(error)
          else reject(error)
        }
        const stop = () => {
          tell({ op: 'unwanted', fetch: number })
          fail(request.signal.reason)
        }
        request.signal.addEventListener('abort', stop)
        waiting.set(number, {
          take(answer) {
            if (answer.op === 'unfetched') return fail(answer.refused ? new DOMException(answer.message, 'NotAllowedError') : new TypeError(answer.message))
            if (answer.op === 'piece') {
              if (answer.bytes) return stream?.enqueue(answer.bytes)
              end()
              return stream?.close()
            }
            const { status, statusText, headers, url } = answer
            const pieces = new ReadableStream<Uint8Array>({
              start: controller => { stream = controller },
              pull: () => tell({ op: 'more', fetch: number }),
              cancel: () => {
                end()
                tell({ op: 'unwanted', fetch: number })
              },
            })
            const response = new Response(bodyless.has(status) ? null : pieces, { status, statusText, headers })
            Object.defineProperty(response, 'url', { value: url })
            resolve(response)
          },
        })
        const { url, method, headers } = request
        tell({ op: 'fetch', fetch: number, request: { url, method, headers: [...headers], body } })
      })
    },
  }
}
