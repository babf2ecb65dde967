import type { WayOut } from './bridge-ask.ts'
import type { PaneRequest } from './messages.ts'

/** What a frame's page says to the page that it is in. */
interface FromFrame {
  op: 'show'
  html: string
}

export type Go = (request: Partial<PaneRequest> & { url: string }, target?: string) => void

/** Frames within the page: each gets its document by way of the wrapper, and puts it where the frame is. Answers how to go somewhere, from here. */
export function bridgeFrames({ ask, tell }: WayOut, depth: number): { go: Go; load(frame: HTMLIFrameElement, url: string): Promise<void> } {
  const { parent } = window
  const whole = (request: Partial<PaneRequest> & { url: string }): PaneRequest => ({ method: 'GET', headers: [], body: undefined, ...request })
  const framesHere = () => [...document.querySelectorAll('iframe')]

  window.addEventListener('message', event => {
    const message = event.data as FromFrame | undefined
    const frame = framesHere().find(each => each.contentWindow === event.source)
    if (!frame || message?.op !== 'show') return
    event.stopImmediatePropagation()
    frame.srcdoc = String(message.html)
  })

  return {
    go(request, target = '') {
      const into = target === '' ? undefined : framesHere().find(each => each.name === target)
      if (into) return void ask('document', { request: whole(request), within: true }).then(html => { into.srcdoc = html }, () => undefined)
      if (depth === 0 || depth === 1 && target === '_parent' || /^_(?:top|blank)$/.test(target)) return tell({ op: 'go', request: whole(request) })
      void ask('document', { request: whole(request), within: false }).then(html => parent.postMessage({ op: 'show', html } satisfies FromFrame, '*'), () => undefined)
    },
    async load(frame, url) {
      frame.srcdoc = await ask('document', { request: whole({ url }), within: true })
    },
  }
}
