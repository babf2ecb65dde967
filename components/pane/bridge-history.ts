import type { WayOut } from './bridge-ask.ts'
import type { PagePlace } from './messages.ts'

/** `history` over the wrapper's, and places within the page: `place.url` follows. */
export function bridgeHistory({ tell, onMoved }: WayOut, place: PagePlace): { toFragment(url: string): boolean } {
  let current: unknown = null
  const tellPlace = (url: string, replace: boolean, state: unknown) => {
    place.url = url
    current = state
    tell({ op: 'place', url, replace, state })
  }
  const moved = (replace: boolean) => (state: unknown, _unused: string, url?: string | URL | null) =>
    tellPlace(url == null ? place.url : new URL(String(url), document.baseURI).href, replace, structuredClone(state))
  const define = (name: string, property: PropertyDescriptor) => Object.defineProperty(history, name, { configurable: true, ...property })
  define('pushState', { value: moved(false) })
  define('replaceState', { value: moved(true) })
  define('state', { get: () => current })
  define('go', { value: (by = 0) => tell({ op: 'step', by }) })
  define('back', { value: () => tell({ op: 'step', by: -1 }) })
  define('forward', { value: () => tell({ op: 'step', by: 1 }) })

  function toTarget() {
    const name = /#(.*)/s.exec(place.url)?.[1] ?? ''
    const target = name === '' ? document.documentElement : document.getElementById(decodeURIComponent(name))
    target?.scrollIntoView()
  }
  onMoved((url, state) => {
    const [before, after] = [place.url, url].map(each => /#.*/s.exec(each)?.[0] ?? '')
    place.url = url
    current = state ?? null
    window.dispatchEvent(new PopStateEvent('popstate', { state: current }))
    if (before === after) return
    toTarget()
    window.dispatchEvent(new Event('hashchange'))
  })
  window.addEventListener('load', () => { if (place.url.includes('#')) toTarget() })

  return {
    /** Within the page there is nowhere to go to. */
    toFragment(url) {
      if (!url.includes('#') || url.replace(/#.*/s, '') !== place.url.replace(/#.*/s, '')) return false
      const before = place.url
      if (url !== before) tellPlace(url, false, null)
      toTarget()
      if (url !== before) window.dispatchEvent(new Event('hashchange'))
      return true
    },
  }
}
