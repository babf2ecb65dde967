/** The page's way to the wrapper. */
import type { FromPage, PaneRequest, PaneResponse, ToPage } from './messages.ts'

export type Ask = (request: PaneRequest) => Promise<PaneResponse>

/** `text`: what document.cookie is at first. */
export function createAskWrapper(text: string) {
  // The page's scripts come later; they can put something else in these places.
  const wrapper = window.parent
  const tell = (message: FromPage) => wrapper.postMessage(message, '*')
  const waiting = new Map<number, { resolve(response: PaneResponse): void; reject(error: Error): void }>()
  const cookies = {
    text,
    /** Until the wrapper says what it has made of it. */
    set(line: string) {
      const pair = line.split(';')[0]!.trim()
      const name = pair.split('=')[0]!.trim()
      cookies.text = [...cookies.text.split('; ').filter(each => each !== '' && each.split('=')[0] !== name), pair].join('; ')
    },
  }
  let count = 0

  window.addEventListener('message', event => {
    if (event.source !== wrapper) return
    const answer = event.data as ToPage
    const asked = waiting.get(answer.id)
    if (!asked) return
    event.stopImmediatePropagation()
    waiting.delete(answer.id)
    if (answer.op === 'failed') return asked.reject(new Error(answer.message))
    cookies.text = answer.cookies
    asked.resolve(answer.response)
  })
  const ask: Ask = request => new Promise((resolve, reject) => {
    const id = ++count
    waiting.set(id, { resolve, reject })
    tell({ op: 'request', id, request })
  })
  return { ask, cookies, tell }
}
