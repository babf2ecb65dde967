/** The page's way to the wrapper. */
import type { FromPage, PageAnswers, PagePlace, PaneRequest, ResponseHead, ToPage } from './messages.ts'

type Unkeyed<T> = T extends FromPage ? Omit<T, 'key'> : never

export interface WayOut {
  /** Rejects with one line. */
  ask<Kind extends keyof PageAnswers>(kind: Kind, what: PageAnswers[Kind]['ask']): Promise<PageAnswers[Kind]['answer']>
  /** The head as soon as it is there; the body comes as it is read. */
  request(request: PaneRequest, signal?: AbortSignal): Promise<ResponseHead & { body: ReadableStream<Uint8Array<ArrayBuffer>> }>
  tell(message: Unkeyed<FromPage>): void
  /** Back or forward within this page. */
  onMoved(heard: (url: string, state: unknown) => void): void
  /** More of this document has come. */
  onGrown(heard: (html: string) => void): void
  cookies: { text: string; set(line: string): void }
}

export function createWayOut(place: PagePlace): WayOut {
  // The page's scripts come later; they can put something else in these places.
  let wrapper = window.parent
  for (let depth = place.depth; depth > 0; depth--) wrapper = wrapper.parent
  const { key } = place
  const tell = (message: Unkeyed<FromPage>) => wrapper.postMessage({ ...message, key }, '*')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const cookies = {
    text: place.cookies,
    /** Until the wrapper says what it has made of it. */
    set(line: string) {
      const pair = line.split(';')[0]!.trim()
      const name = pair.split('=')[0]!.trim()
      cookies.text = [...cookies.text.split('; ').filter(each => each !== '' && each.split('=')[0] !== name), pair].join('; ')
    },
  }
  let count = 0
  let heardMoved: (url: string, state: unknown) => void = () => undefined
  let heardGrown: (html: string) => void = () => undefined

  window.addEventListener('message', event => {
    if (event.source !== wrapper) return
    event.stopImmediatePropagation()
    const answer = event.data as ToPage
    if (answer.op === 'moved') return heardMoved(answer.url, answer.state)
    if (answer.op === 'grown') return heardGrown(answer.html)
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.op === 'failed') return asked?.reject(new Error(answer.message))
    if (answer.op === 'part') return asked?.resolve(answer.bytes)
    cookies.text = answer.cookies
    asked?.resolve(answer.value)
  })
  const wait = <T>(id: number, message: Unkeyed<FromPage>) => new Promise<T>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    tell(message)
  })

  return {
    tell,
    cookies,
    onMoved(heard) { heardMoved = heard },
    onGrown(heard) { heardGrown = heard },
    ask(kind, what) {
      const id = ++count
      return wait(id, { op: 'ask', id, what: { kind, ...what } as Extract<FromPage, { op: 'ask' }>['what'] })
    },
    async request(request, signal) {
      const id = ++count
      const enough = () => tell({ op: 'enough', id })
      signal?.addEventListener('abort', enough)
      const head = await wait<ResponseHead>(id, { op: 'ask', id, what: { kind: 'request', request } })
      if (signal?.aborted) enough()
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          signal?.addEventListener('abort', () => controller.error(signal.reason))
        },
        async pull(controller) {
          const part = await wait<Uint8Array<ArrayBuffer> | undefined>(id, { op: 'more', id }).catch((error: Error) => {
            throw new TypeError(`network error: ${error.message}`)
          })
          if (signal?.aborted) return
          if (part) controller.enqueue(part)
          else controller.close()
        },
        cancel: enough,
      }, { highWaterMark: 0 })
      return { ...head, body }
    },
  }
}
