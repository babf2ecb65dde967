/**
 * The pane's middle: a null-origin document between the deck and the page that is shown. It holds the cookies and the history, speaks HTTP
 * over connections that the deck makes for it, rewrites what comes, and puts each page into a frame with an origin of its own.
 * Its policy (connect-pane.ts), which every page inherits, lets nothing reach a network.
 */
import { createAsk } from './ask-deck.ts'
import { createHistory } from './history.ts'
import { createHttpClient } from './http-client.ts'
import type { FromPage, FromWrapper, PaneRequest, PaneResponse, PaneState, StartPane, ToPage, ToWrapper } from './messages.ts'
import { answerToPage, requestOf } from './page-policy.ts'
import { createShowing } from './show-response.ts'

/** The names under which the machine knows itself: /etc/hosts. */
const hosts = ['localhost', '0.0.0.0', 'talk']

const get = (url: string): PaneRequest => ({ url, method: 'GET', headers: [], body: undefined })

function serve(port: MessagePort, bridge: string) {
  const tell = (message: FromWrapper, transfer: Transferable[] = []) => port.postMessage(message, transfer)
  const asking = createAsk(tell)
  const client = createHttpClient(asking.connect, hosts)
  const showing = createShowing(client, bridge)
  const history = createHistory()
  const state: PaneState = { url: '', title: '', loading: false, status: '', failed: false, canGoBack: false, canGoForward: false }
  let frame: HTMLIFrameElement | undefined
  let latest = 0

  function change(next: Partial<PaneState>) {
    Object.assign(state, next, { canGoBack: history.canGoBack, canGoForward: history.canGoForward })
    tell({ op: 'state', state: { ...state } })
  }

  /** `keep` puts the address into the history; going back and reloading do not. */
  async function go(request: PaneRequest, keep: boolean) {
    const mine = ++latest
    const from = history.current
    change({ loading: true, url: request.url })
    let response: PaneResponse
    try {
      response = await client.request(request, keep ? from : undefined)
    } catch (error) {
      if (mine !== latest) return
      if (keep) history.push(request.url)
      const message = error instanceof Error ? error.message : String(error)
      put(showing.words(message))
      return change({ loading: false, status: message, failed: true, title: '' })
    }
    if (mine !== latest) return
    const status = `${response.status} ${response.statusText}`.trim()
    const failed = response.status >= 400
    const download = showing.downloadOf(response)
    if (download !== undefined) {
      tell({ op: 'download', name: download, bytes: response.body }, [response.body.buffer])
      return change({ loading: false, url: from ?? response.url, status, failed })
    }
    const fragment = /#.*/s.exec(request.url)?.[0] ?? ''
    const url = response.url.includes('#') ? response.url : response.url + fragment
    const page = await showing.page({ ...response, url })
    if (mine !== latest) return
    if (keep) history.push(url)
    put(page.html)
    change({ loading: false, url, title: page.title, status, failed })
  }

  /** A frame of its own for each page: nothing of the last one is left. */
  function put(html: string) {
    const next = document.createElement('iframe')
    next.setAttribute('sandbox', 'allow-scripts allow-forms')
    next.title = 'The page'
    next.srcdoc = html
    frame?.remove()
    frame = next
    document.body.append(next)
  }

  function step(by: number) {
    const url = history.step(by)
    if (url !== undefined) void go(get(url), false)
  }

  port.onmessage = ({ data }: MessageEvent<ToWrapper>) => {
    switch (data.op) {
      case 'go': return void go(get(data.url), true)
      case 'back': return step(-1)
      case 'forward': return step(1)
      case 'reload': return history.current === undefined ? undefined : void go(get(history.current), false)
      default: return asking.hear(data)
    }
  }

  /** A page is a stranger: what it sends is read as if it were made by hand. Frames in it are not heard. */
  addEventListener('message', event => {
    if (!frame || event.source !== frame.contentWindow) return
    const page = event.source as Window
    const at = history.current
    const message = event.data as FromPage
    switch (message?.op) {
      case 'request': {
        const { id } = message
        const tellPage = (answer: ToPage) => page.postMessage(answer, '*')
        return void answerToPage(client, requestOf(message.request), at).then(
          response => tellPage({ op: 'response', id, response, cookies: at === undefined ? '' : client.cookiesOf(at) }),
          (error: unknown) => tellPage({ op: 'failed', id, message: error instanceof Error ? error.message : String(error) }),
        )
      }
      case 'go': return void go(requestOf(message.request), true)
      case 'place': {
        const url = String(message.url)
        if (at === undefined || !URL.canParse(url) || new URL(url).origin !== new URL(at).origin) return
        history.push(url, Boolean(message.replace))
        return change({ url })
      }
      case 'step': return step(Math.trunc(Number(message.by)))
      case 'cookie': return at === undefined ? undefined : client.setCookie(at, String(message.text))
      case 'leave': return tell({ op: 'leave' })
    }
  })

  // What a page does that no rewriting has found is stopped by the policy, which says where it wanted to go: Chromium only the origin.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== 'frame-src') return
    const message = `the page went to ${blockedURI} by itself, and was stopped`
    latest++
    put(showing.words(message))
    change({ loading: false, status: message, failed: true, title: '' })
  })
}

addEventListener('message', function start(event: MessageEvent<StartPane>) {
  if (event.source !== parent || event.data.op !== 'start') return
  removeEventListener('message', start)
  serve(event.ports[0]!, event.data.bridge)
})
