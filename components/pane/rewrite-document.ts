/**
 * A document of a server as one that needs no network: what it shows comes along in data: URLs, and the bridge stands before all of its
 * scripts. Links and forms stay as they are, for the bridge.
 */
import { bridgedDocument, dropped, here, type Rewritten } from './bridged-document.ts'
import { get, type PagePlace, type PaneRequest } from './messages.ts'
import { oneSource } from './one-source.ts'
import type { Modules } from './rewrite-modules.ts'
import { rewriteScript } from './rewrite-script.ts'

export interface Loading {
  /** The bytes at an address as a data: URL; undefined where there are none. It is asked for once in a document. */
  asUrl(url: string): Promise<string | undefined>
  /** The whole text of a document for a frame within this one, or in the place of this one, rewritten too. Rejects with one line. */
  frame(request: PaneRequest, within: boolean): Promise<string>
  /** A stylesheet's text with what it names in it. */
  css(text: string, base: string): Promise<string>
  modules: Modules
}

const shown = 'img[src], input[type=image][src], script[src]:not([type=module i]), source[src], video[src], audio[src], track[src], embed[src]'

/** Milliseconds that a page waits for its pictures: it brings those that come later by itself. */
const PICTURES = 500
const pictures = 'img, input, source, video, audio, track, embed'

export async function rewriteDocument(html: string, place: PagePlace, bridge: string, base: string, loading: Loading): Promise<Rewritten> {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const refresh = refreshOf(document, base)
  for (const element of document.querySelectorAll(dropped)) element.remove()
  for (const map of document.querySelectorAll('script[type=importmap i]')) {
    loading.modules.useMap(map.textContent ?? '')
    map.remove()
  }

  const jobs: Promise<unknown>[] = []
  const drawn: Promise<unknown>[] = []
  const bring = (element: Element, attribute: string, load: (url: string) => Promise<string | undefined>) => {
    const address = element.getAttribute(attribute)
    element.removeAttribute('integrity')
    element.removeAttribute('crossorigin')
    if (!address || here.test(address) || !URL.canParse(address, base)) return
    const job = load(new URL(address, base).href).then(url => element.setAttribute(attribute, url ?? 'data:,'))
    if (element.matches(pictures)) drawn.push(job)
    else jobs.push(job)
  }
  for (const element of document.querySelectorAll('[srcset]')) oneSource(element)
  for (const element of document.querySelectorAll(shown)) bring(element, 'src', loading.asUrl)
  for (const element of document.querySelectorAll('script[type=module i][src]')) bring(element, 'src', loading.modules.add)
  for (const element of document.querySelectorAll('video[poster]')) bring(element, 'poster', loading.asUrl)
  for (const element of document.querySelectorAll('link[href]')) bring(element, 'href', loading.asUrl)
  for (const element of document.querySelectorAll('picture source[srcset]')) bring(element, 'srcset', loading.asUrl)
  for (const element of document.querySelectorAll('style'))
    jobs.push(loading.css(element.textContent ?? '', base).then(css => { element.textContent = css }))
  for (const element of document.querySelectorAll('[style*="url(" i]'))
    jobs.push(loading.css(element.getAttribute('style') ?? '', base).then(css => element.setAttribute('style', css)))
  for (const element of document.querySelectorAll('iframe[src]:not([srcdoc]), frame[src]')) {
    const address = element.getAttribute('src') ?? ''
    element.removeAttribute('src')
    if (!/^(?:about|javascript):/i.test(address) && URL.canParse(address, base))
      jobs.push(loading.frame(get(new URL(address, base).href), true).then(text => element.setAttribute('srcdoc', text), () => undefined))
  }
  for (const element of document.querySelectorAll('script:not([src])')) {
    const type = element.getAttribute('type') ?? ''
    if (!/^(?:module|(?:text|application)\/(?:java|ecma)script)?$/i.test(type)) continue
    const text = rewriteScript(element.textContent ?? '')
    element.textContent = text
    if (/\bimport\b/.test(text)) jobs.push(loading.modules.inline(text, base).then(rewritten => { element.textContent = rewritten }))
  }
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) if (name.startsWith('on')) element.setAttribute(name, rewriteScript(value))
  await Promise.all(jobs)
  await Promise.race([Promise.all(drawn), new Promise(resolve => setTimeout(resolve, PICTURES))])
  return bridgedDocument(document, base, bridge, { ...place, refresh }, loading.modules.imports)
}

/** What the addresses of a document begin with (HTML 4.2.3). */
export function baseOf(html: string, url: string): string {
  const own = new DOMParser().parseFromString(html, 'text/html').querySelector('base[href]')?.getAttribute('href')
  return own != null && URL.canParse(own, url) ? new URL(own, url).href : url
}

/** HTML 4.2.5.3, as far as servers write it: seconds, and where to. */
function refreshOf(document: Document, base: string): PagePlace['refresh'] {
  const content = document.querySelector('meta[http-equiv="refresh" i]')?.getAttribute('content') ?? ''
  const [, seconds, to = ''] = /^\s*(\d+)[\d.]*(?:\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)["']?)?/i.exec(content) ?? []
  return seconds === undefined || !URL.canParse(to.trim(), base) ? undefined : { seconds: Number(seconds), url: new URL(to.trim(), base).href }
}
