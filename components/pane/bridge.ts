/**
 * Stands before all other scripts of a page in the pane. The page has an origin of its own and no network: what a browser would ask a
 * server for by itself goes through the wrapper. The page can undo all of this; it then reaches less, never more.
 */
import { createWayOut } from './bridge-ask.ts'
import { bridgeElements } from './bridge-elements.ts'
import { createEventSource } from './bridge-events.ts'
import { createFetch } from './bridge-fetch.ts'
import { bridgeForms } from './bridge-forms.ts'
import { bridgeFrames } from './bridge-frames.ts'
import { bridgeHistory } from './bridge-history.ts'
import { bridgeLinks } from './bridge-links.ts'
import { createLocation } from './bridge-location.ts'
import { createModuleWay } from './bridge-modules.ts'
import { createStorage } from './bridge-storage.ts'
import { createXmlHttpRequest } from './bridge-xhr.ts'
import type { PagePlace } from './messages.ts'

declare const PLACE: PagePlace
/** The pane gives the keyboard back to the deck, as its terminals do. */
const LEAVE_KEY = 'F6'

const place = PLACE
const out = createWayOut(place)
const { cookies, tell } = out
const absolute = (url: string) => new URL(url, document.baseURI).href
const frames = bridgeFrames(out, place.depth)
const { go } = frames
const { toFragment } = bridgeHistory(out, place)

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
define(document, 'referrer', { value: place.referrer })
for (const area of ['localStorage', 'sessionStorage'] as const)
  define(window, area, { value: createStorage(place.stored[area], (name, value) => tell({ op: 'store', area, name, value })) })
// Not a wall, which the policy is; see SECURITY.md.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) define(window, name, { value: undefined })

window.fetch = createFetch(out, absolute, window.fetch.bind(window))
window.XMLHttpRequest = createXmlHttpRequest(window.fetch) as unknown as typeof XMLHttpRequest
window.EventSource = createEventSource(window.fetch, absolute) as unknown as typeof EventSource
navigator.sendBeacon = (url, body) => {
  void window.fetch(url, { method: 'POST', body }).catch(() => undefined)
  return true
}
window.open = (url, target) => {
  if (url !== undefined && String(url) !== '') go({ url: absolute(String(url)) }, target ?? '_blank')
  return null
}
const module = createModuleWay(out)
// rewrite-modules.ts puts this name in the place of `import` where what is imported is not known before.
define(window, 'bridgedImport', { value: async (base: string, name: unknown) => import(await module(String(name), base)) as Promise<unknown> })

window.addEventListener('keydown', event => { if (event.key === LEAVE_KEY) tell({ op: 'leave' }) })
bridgeLinks({ out, go, toFragment, own: window.fetch })
bridgeForms(go, absolute, () => place.url)
bridgeElements(out, { absolute, module, frame: frames.load })
// What is set this way runs no script: the bridge in it neither.
out.onGrown(html => {
  document.documentElement.innerHTML = html
  document.querySelector('script')?.remove()
})
if (place.refresh) setTimeout(url => go({ url }), place.refresh.seconds * 1000, place.refresh.url)
document.currentScript?.remove()
