/** The page's end of the way out: does what machines ask of the outside, through a `fetch` that holds the policy. */
import type { FetchAnswer, FetchQuestion, FetchRequest } from './messages.ts'

interface Running {
  readonly stop: AbortController
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined
}

export function answerFetches(outside: typeof fetch, tell: (answer: FetchAnswer) => void): (question: FetchQuestion) => void {
  const running = new Map<number, Running>()

  const begin = async (number: number, { url, method, headers, body }: FetchRequest) => {
    const stop = new AbortController()
    const own: Running = { stop, reader: undefined }
    running.set(number, own)
    await guarded(number, async () => {
      const response = await outside(url, { method, headers, body: body as Uint8Array<ArrayBuffer> | undefined, signal: stop.signal })
      if (!running.has(number)) return void response.body?.cancel()
      own.reader = response.body?.getReader()
      const { status, statusText } = response
      tell({ op: 'fetched', fetch: number, status, statusText, headers: [...response.headers], url: response.url || url })
    })
  }

  const more = (number: number) => guarded(number, async () => {
    const own = running.get(number)
    if (!own) return
    const piece = await own.reader?.read()
    if (!running.has(number)) return
    if (!piece?.value) running.delete(number)
    tell({ op: 'piece', fetch: number, bytes: piece?.value })
  })

  /** What goes wrong is told to whoever asked, unless nobody wants to know any more. */
  const guarded = (number: number, run: () => Promise<void>) => run().catch((error: unknown) => {
    if (!running.delete(number)) return
    const message = error instanceof Error ? error.message : String(error)
    tell({ op: 'unfetched', fetch: number, message, refused: error instanceof Error && error.name === 'NotAllowedError' })
  })

  return question => {
    if (question.op === 'fetch') return void begin(question.fetch, question.request)
    if (question.op === 'more') return void more(question.fetch)
    const own = running.get(question.fetch)
    running.delete(question.fetch)
    own?.stop.abort()
    void own?.reader?.cancel().catch(() => undefined)
  }
}
