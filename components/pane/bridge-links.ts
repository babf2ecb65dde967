import type { WayOut } from './bridge-ask.ts'
import type { Go } from './bridge-frames.ts'

interface LinkWays {
  out: WayOut
  go: Go
  /** Whether it is a place of this page, and then it is there. */
  toFragment(url: string): boolean
  own: typeof fetch
}

type Link = HTMLAnchorElement | HTMLAreaElement | SVGAElement
const isLink = (target: EventTarget): target is Link => target instanceof HTMLAnchorElement || target instanceof HTMLAreaElement || target instanceof SVGAElement
const addressOf = (link: Link) => typeof link.href === 'string' ? link.href : new URL(link.href.baseVal, document.baseURI).href

/** A click on a link goes there by way of the wrapper, or keeps what it names as a file. */
export function bridgeLinks({ out: { tell }, go, toFragment, own }: LinkWays): void {
  async function keep(link: HTMLAnchorElement, url: string) {
    const response = await own(url)
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
    const name = link.download || (/^https?:/.test(url) ? new URL(url).pathname.split('/').at(-1) : '') || 'download'
    tell({ op: 'keep', name, content: await response.blob() })
  }

  function follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0) return
    const link = event.composedPath().find(isLink)
    if (!link || !link.hasAttribute('href') && !link.hasAttribute('xlink:href')) return
    const url = addressOf(link)
    if (url.startsWith('javascript:')) return
    event.preventDefault()
    if (link instanceof HTMLAnchorElement && link.hasAttribute('download')) return void keep(link, url).catch(() => go({ url }))
    if (/^(?:mailto|tel):/.test(url) || toFragment(url)) return
    go({ url }, link instanceof SVGAElement ? '' : link.target)
  }
  // Last of all listeners: a page that handles the click itself has said so by then.
  window.addEventListener('click', follow)
  // A script may click on a link that it has put nowhere: that event reaches no window.
  const { click } = HTMLAnchorElement.prototype
  HTMLAnchorElement.prototype.click = function () {
    if (!this.isConnected) this.addEventListener('click', follow, { once: true })
    click.call(this)
  }
}
