/**
 * The pane's middle: a null-origin document between the deck and the page that is shown. It holds the cookies and the history, speaks HTTP
 * over connections that the deck makes for it, rewrites what comes, and puts each page into a frame with an origin of its own.
 * Its policy (connect-pane.ts), which every page inherits, lets nothing reach a network.
 */
import { joinBytes } from '../../engine/bytes/join-bytes.ts'
import { createAsk } from './ask-deck.ts'
import { basicRealm } from './basic-realm.ts'
import { createHistory } from './history.ts'
import { createHttpClient } from './http-client.ts'
import { get, type FromPage, type FromWrapper, type PaneRequest, type PaneResponse, type PaneState, type StartPane, type ToPage, type ToWrapper } from './messages.ts'
import { requestOf } from './page-policy.ts'
import { readBody } from './read-body.ts'
import { createShowing, type ShownDocument } from './show-response.ts'
import { createShownPages } from './shown-pages.ts'
import { whileGrowing } from './while-growing.ts'

/** The names under which the machine knows itself: /etc/hosts. */
const hosts = ['localhost', '0.0.0.0', 'talk']
/** What a browser asks for when it goes to a page. */
const wanted: [string, string] = ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8']

function serve(port: MessagePort, bridge: string) {
  const tell = (message: FromWrapper) => port.postMessage(message)
  const asking = createAsk(tell)
  const client = createHttpClient(asking.connect, hosts)
  const pages = createShownPages(client)
  const showing = createShowing(client, bridge, pages)
  const history = createHistory()
  const state: PaneState = { url: '', title: '', loading: false, status: '', failed: false, canGoBack: false, canGoForward: false }
  let frame: HTMLIFrameElement | undefined
  let visit = new AbortController()
  let asked = get('')

  function change(next: Partial<PaneState>) {
    Object.assign(state, next, { canGoBack: history.canGoBack, canGoForward: history.canGoForward })
    tell({ op: 'state', state: { ...state } })
  }

  /** `keep` puts the address into the history; going back and reloading do not. */
  async function go(request: PaneRequest, keep: boolean) {
    visit.abort()
    const { signal } = visit = new AbortController()
    const from = history.current?.url
    asked = request
    change({ loading: true, url: request.url, status: '', realm: undefined })
    let response: PaneResponse
    try {
      response = await client.request({ ...request, headers: [wanted, ...request.headers] }, { from: keep ? from : undefined, signal })
    } catch (error) {
      if (signal.aborted) return
      const message = error instanceof Error ? error.message : String(error)
      history.push({ url: request.url }, !keep)
      put(showing.words(message))
      return change({ loading: false, status: message, failed: true, title: '' })
    }
    if (signal.aborted) return
    const status = `${response.status} ${response.statusText}`.trim()
    const failed = response.status >= 400
    const download = showing.downloadOf(response)
    if (download !== undefined) {
      const { parts, problem } = await readBody(response.body, progress(download))
      if (signal.aborted) return
      if (problem === undefined) tell({ op: 'download', name: download, content: new Blob(parts) })
      return change({ loading: false, url: from ?? response.url, status: problem ?? status, failed: failed || problem !== undefined })
    }
    const fragment = /#.*/s.exec(request.url)?.[0] ?? ''
    const url = response.url.includes('#') ? response.url : response.url + fragment
    const document = showing.open({ ...response, url }, keep ? from ?? '' : '')
    const came: Uint8Array<ArrayBuffer>[] = []
    const whole = readBody(response.body, part => came.push(part)).then(async ({ problem }) =>
      signal.aborted ? undefined : { problem, page: await document.page(joinBytes(came)) })
    let drafted: string | undefined
    function show({ key, html, title }: ShownDocument) {
      history.push({ url, page: key }, !keep || drafted !== undefined, request.method !== 'GET' || request.url !== from)
      put(html, key)
      change({ url, title })
    }
    const { draft } = document
    if (draft) await whileGrowing(whole, signal, async () => {
      if (came.length === 0) return
      const shown = await draft(joinBytes(came))
      if (signal.aborted || shown.html === drafted) return
      if (drafted === undefined) show(shown)
      else {
        tellPage({ op: 'grown', html: shown.html })
        change({ title: shown.title })
      }
      drafted = shown.html
    })
    const end = await whole
    if (!end || signal.aborted) return
    show(end.page)
    change({ loading: false, status: end.problem ?? status, failed: failed || end.problem !== undefined, realm: basicRealm(response) })
  }

  /** A large file says how much of it is there, not for each of its parts. */
  function progress(name: string) {
    let [count, told] = [0, 0]
    return (part: Uint8Array) => {
      count += part.length
      if (count < told + 1_000_000) return
      told = count
      change({ status: `${name}: ${Math.floor(count / 1_000_000)} MB` })
    }
  }

  /** A frame of its own for each page: nothing of the last one is left, nor of those opened before the one with this key. */
  function put(html: string, key?: string) {
    pages.forgetBefore(key)
    const next = document.createElement('iframe')
    next.setAttribute('sandbox', 'allow-scripts allow-forms')
    next.title = 'The page'
    next.srcdoc = html
    frame?.remove()
    frame = next
    document.body.append(next)
  }

  const tellPage = (message: ToPage, page: Window | null | undefined = frame?.contentWindow) => page?.postMessage(message, '*')

  function step(by: number) {
    const shown = history.current?.page
    const place = history.step(by)
    if (!place) return
    const page = place.page === undefined || place.page !== shown ? undefined : pages.pageOf(place.page)
    if (!page) return void go(get(place.url), false)
    page.url = place.url
    tellPage({ op: 'moved', url: place.url, state: place.state })
    change({ url: place.url, loading: false })
  }

  function reload() {
    if (history.current) void go(get(history.current.url), false)
  }

  function stop() {
    visit.abort()
    change({ loading: false, url: history.current?.url ?? state.url, status: 'stopped' })
  }

  port.onmessage = ({ data }: MessageEvent<ToWrapper>) => {
    switch (data.op) {
      case 'go': return void go(get(data.url), true)
      case 'back': return step(-1)
      case 'forward': return step(1)
      case 'reload': return reload()
      case 'stop': return stop()
      case 'alive': return tell({ op: 'alive' })
      // What a person does in a page counts for the documents around it, too; no page can make it up.
      case 'pressed': return tell({ op: 'pressed', is: navigator.userActivation.isActive })
      case 'sign-in':
        client.setPassword(state.url, data.name, data.password)
        return void go({ ...asked, url: state.url }, false)
      default: return asking.hear(data)
    }
  }

  const isShown = (source: MessageEventSource | null) => {
    for (let each = source as Window | null; frame && each; each = each === each.parent ? null : each.parent) if (each === frame.contentWindow) return true
    return false
  }

  /** A page is a stranger: what it sends is read as if it were made by hand. */
  addEventListener('message', event => {
    const message = event.data as FromPage
    const page = isShown(event.source) ? pages.pageOf(message?.key) : undefined
    if (!page) return
    switch (message.op) {
      case 'go': return void go(requestOf(message.request), true)
      case 'place': {
        const url = String(message.url)
        if (!URL.canParse(url) || new URL(url).origin !== new URL(page.url).origin) return
        page.url = url
        if (page.depth > 0) return
        history.push({ url, page: message.key, state: message.state }, Boolean(message.replace))
        return change({ url })
      }
      case 'step': return Number(message.by) === 0 ? reload() : step(Math.trunc(Number(message.by)))
      case 'keep': return message.content instanceof Blob ? tell({ op: 'download', name: String(message.name).replace(/[/\\]/g, '_'), content: message.content }) : undefined
      case 'leave': return tell({ op: 'leave' })
      default: return pages.hear(message, answer => tellPage(answer, event.source as Window))
    }
  })

  // What a page does that no rewriting has found is stopped by the policy, which says where it wanted to go: Chromium only the origin.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== 'frame-src') return
    const message = `the page went to ${blockedURI} by itself, and was stopped`
    visit.abort()
    put(showing.words(message))
    change({ loading: false, status: message, failed: true, title: '' })
  })
}

addEventListener('message', function start(event: MessageEvent<StartPane>) {
  if (event.source !== parent || event.data.op !== 'start') return
  removeEventListener('message', start)
  serve(event.ports[0]!, event.data.bridge)
})
