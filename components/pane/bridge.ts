/**
 * Stands before all other scripts of a page in the pane. The page has an origin of its own and no network: what a browser would ask a
 * server for by itself goes through the wrapper. The page can undo all of this; it then reaches less, never more.
 */
import { createAskWrapper } from './bridge-ask.ts'
import { bridgeElements } from './bridge-elements.ts'
import { createFetch } from './bridge-fetch.ts'
import { bridgeForms } from './bridge-forms.ts'
import { createLocation } from './bridge-location.ts'
import { createMemoryStorage } from './bridge-storage.ts'
import { createXmlHttpRequest } from './bridge-xhr.ts'
import type { FromPage, PagePlace, PaneRequest } from './messages.ts'

declare const PLACE: PagePlace
/** The pane gives the keyboard back to the deck, as its terminals do. */
const LEAVE_KEY = 'F6'

const place = PLACE
const { ask, cookies, tell } = createAskWrapper(place.cookies)
const absolute = (url: string) => new URL(url, document.baseURI).href
const go = (request: Partial<PaneRequest> & { url: string }) =>
  tell({ op: 'go', request: { method: 'GET', headers: [], body: undefined, ...request } })

const define = (target: object, name: string, property: PropertyDescriptor) => Object.defineProperty(target, name, { configurable: true, ...property })
define(document, 'cookie', {
  get: () => cookies.text,
  set: (value: unknown) => {
    const text = String(value)
    cookies.set(text)
    tell({ op: 'cookie', text })
  },
})
// rewrite-script.ts puts this name in the place of `location`.
const bridged = createLocation(() => place.url, url => { if (!toFragment(url)) go({ url }) }, () => go({ url: place.url }))
define(window, 'bridgedWindow', { value: Object.defineProperty({}, 'location', { get: () => bridged, set: (url: unknown) => bridged.assign(String(url)) }) })
define(document, 'URL', { get: () => place.url })
for (const name of ['localStorage', 'sessionStorage']) define(window, name, { value: createMemoryStorage() })
// Not a wall, which the policy is; see SECURITY.md.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) define(window, name, { value: undefined })

window.fetch = createFetch(ask, absolute, window.fetch.bind(window))
window.XMLHttpRequest = createXmlHttpRequest(window.fetch) as unknown as typeof XMLHttpRequest
window.open = url => {
  if (url !== undefined && String(url) !== '') go({ url: absolute(String(url)) })
  return null
}

let current: unknown = null
const moved = (replace: boolean) => (state: unknown, _unused: string, url?: string | URL | null) => {
  current = state
  if (url == null) return
  place.url = new URL(String(url), place.url).href
  tell({ op: 'place', url: place.url, replace } satisfies FromPage)
}
define(history, 'pushState', { value: moved(false) })
define(history, 'replaceState', { value: moved(true) })
define(history, 'state', { get: () => current })
for (const [name, by] of [['back', -1], ['forward', 1]] as const) define(history, name, { value: () => tell({ op: 'step', by }) })

/** Within the page there is nowhere to go to. */
function toFragment(url: string): boolean {
  const [document_, fragment] = url.split(/#(.*)/s)
  if (fragment === undefined || document_ !== place.url.replace(/#.*/s, '')) return false
  place.url = url
  tell({ op: 'place', url, replace: false })
  const target = fragment === '' ? document.documentElement : document.getElementById(decodeURIComponent(fragment))
  target?.scrollIntoView()
  window.dispatchEvent(new Event('hashchange'))
  return true
}

// Last of all listeners: a page that handles the click itself has said so by then.
window.addEventListener('click', event => {
  if (event.defaultPrevented || event.button !== 0) return
  const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement || each instanceof HTMLAreaElement)
  if (!link?.hasAttribute('href') || link.protocol === 'javascript:') return
  event.preventDefault()
  if (link.hash === '' && !link.href.endsWith('#') || !toFragment(link.href)) go({ url: link.href })
})
window.addEventListener('keydown', event => { if (event.key === LEAVE_KEY) tell({ op: 'leave' }) })
bridgeForms(go, absolute, () => place.url)
bridgeElements(ask, absolute)
if (place.refresh) setTimeout(url => go({ url }), place.refresh.seconds * 1000, place.refresh.url)
window.addEventListener('load', () => { if (location.hash === '') toFragment(place.url) })
document.currentScript?.remove()
