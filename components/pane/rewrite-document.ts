/**
 * A document of a server as one that needs no network: what it shows comes along in data: URLs, and the bridge stands before all of its
 * scripts. Links and forms stay as they are, for the bridge.
 */
import type { PagePlace } from './messages.ts'
import { rewriteScript } from './rewrite-script.ts'

export interface Loading {
  /** The bytes at an address as a data: URL; undefined where there are none. */
  asUrl(url: string): Promise<string | undefined>
  /** The whole text of a frame's document, rewritten too; undefined where there is none. */
  asDocument(url: string): Promise<string | undefined>
  /** A stylesheet's text with what it names in it. */
  css(text: string, base: string): Promise<string>
}

const shown = 'img[src], input[type=image][src], script[src], source[src], video[src], audio[src], track[src], embed[src]'
/** Answered by other means, or stopped by the pane's policy and then only noise. */
const dropped = 'base, meta[http-equiv="Content-Security-Policy" i], meta[http-equiv="refresh" i], link:not([rel~="stylesheet" i])'

export async function rewriteDocument(html: string, place: PagePlace, bridge: string, loading: Loading): Promise<{ html: string; title: string }> {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const ownBase = document.querySelector('base[href]')?.getAttribute('href')
  const base = ownBase != null && URL.canParse(ownBase, place.url) ? new URL(ownBase, place.url).href : place.url
  const refresh = refreshOf(document, base)
  for (const element of document.querySelectorAll(dropped)) element.remove()

  const jobs: Promise<void>[] = []
  const inline = (element: Element, attribute: string) => {
    const address = element.getAttribute(attribute)
    element.removeAttribute('integrity')
    element.removeAttribute('crossorigin')
    if (!address || /^(?:data|blob|about):/i.test(address) || !URL.canParse(address, base)) return
    jobs.push(loading.asUrl(new URL(address, base).href).then(url => element.setAttribute(attribute, url ?? 'data:,')))
  }
  for (const element of document.querySelectorAll(shown)) inline(element, 'src')
  for (const element of document.querySelectorAll('video[poster]')) inline(element, 'poster')
  for (const element of document.querySelectorAll('link[href]')) inline(element, 'href')
  // One size is enough for a pane.
  for (const element of document.querySelectorAll('[srcset]')) element.removeAttribute('srcset')
  for (const element of document.querySelectorAll('style'))
    jobs.push(loading.css(element.textContent ?? '', base).then(css => { element.textContent = css }))
  for (const element of document.querySelectorAll('[style*="url(" i]'))
    jobs.push(loading.css(element.getAttribute('style') ?? '', base).then(css => element.setAttribute('style', css)))
  for (const element of document.querySelectorAll('iframe[src], frame[src]')) {
    const address = element.getAttribute('src') ?? ''
    element.removeAttribute('src')
    if (!/^(?:about|javascript):/i.test(address) && URL.canParse(address, base))
      jobs.push(loading.asDocument(new URL(address, base).href).then(text => { if (text !== undefined) element.setAttribute('srcdoc', text) }))
  }
  for (const element of document.querySelectorAll('script:not([src])'))
    if (/^(?:module|(?:text|application)\/(?:java|ecma)script)?$/i.test(element.getAttribute('type') ?? '')) element.textContent = rewriteScript(element.textContent ?? '')
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) if (name.startsWith('on')) element.setAttribute(name, rewriteScript(value))
  await Promise.all(jobs)

  const first = document.createElement('base')
  first.href = base
  const script = document.createElement('script')
  script.textContent = bridgeFor(bridge, { ...place, refresh })
  document.head.prepend(first, script)
  return { html: `<!doctype html>${document.documentElement.outerHTML}`, title: document.title }
}

/** HTML 4.2.5.3, as far as servers write it: seconds, and where to. */
function refreshOf(document: Document, base: string): PagePlace['refresh'] {
  const content = document.querySelector('meta[http-equiv="refresh" i]')?.getAttribute('content') ?? ''
  const [, seconds, to = ''] = /^\s*(\d+)[\d.]*(?:\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)["']?)?/i.exec(content) ?? []
  return seconds === undefined || !URL.canParse(to.trim(), base) ? undefined : { seconds: Number(seconds), url: new URL(to.trim(), base).href }
}

/** The bridge takes its place from a name that is there for it alone. */
const bridgeFor = (bridge: string, place: PagePlace) => `{const PLACE=${JSON.stringify(place).replaceAll('<', '\\u003c')};${bridge}}`
