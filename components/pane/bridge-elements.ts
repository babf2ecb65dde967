import type { WayOut } from './bridge-ask.ts'
import { oneSource } from './one-source.ts'
import { rewriteScript } from './rewrite-script.ts'

export interface ElementWays {
  absolute(url: string): string
  module(name: string, base: string): Promise<string>
  frame(frame: HTMLIFrameElement, url: string): Promise<void>
}

const here = (address: string) => address === '' || /^(?:data|blob|about|javascript):/i.test(address)
const loading = 'img, input[type=image], source, video, audio, track, embed, iframe, link[rel~="stylesheet" i]'
const styled = 'style, [style]'

/** What scripts put into the page later: the bytes behind `src` and `href` come by way of the wrapper. */
export function bridgeElements({ ask }: WayOut, { absolute, module, frame }: ElementWays): void {
  const wanted = new WeakMap<Element, string>()
  const seen = new WeakMap<Element, string>()

  async function bring(element: Element, attribute: string, address: string, into = () => element) {
    if (wanted.get(element) === address) return
    wanted.set(element, address)
    try {
      const full = absolute(address)
      if (element instanceof HTMLIFrameElement) return await frame(element, full)
      const isModule = element instanceof HTMLScriptElement && element.type.toLowerCase() === 'module'
      const url = isModule ? await module(full, document.baseURI) : await ask('asset', { url: full })
      if (wanted.get(element) !== address) return
      if (url !== undefined) into().setAttribute(attribute, url)
      else element.dispatchEvent(new Event('error'))
    } catch {
      if (wanted.get(element) === address) element.dispatchEvent(new Event('error'))
    }
  }

  async function restyle(element: Element) {
    const isSheet = element instanceof HTMLStyleElement
    const text = (isSheet ? element.textContent : element.getAttribute('style')) ?? ''
    if (seen.get(element) === text || !/(?:url\(\s*["']?|@import\s+["'])(?!data:|blob:|#)/i.test(text)) return
    seen.set(element, text)
    const css = await ask('css', { text, base: document.baseURI }).catch(() => text)
    if (seen.get(element) !== text) return
    seen.set(element, css)
    if (isSheet) element.textContent = css
    else element.setAttribute('style', css)
  }

  function meet(element: Element) {
    if (element.matches(styled)) void restyle(element)
    // One address alone is `bring`'s, below.
    const sizes = element.getAttribute('srcset') ?? ''
    if (!here(sizes) && (/[\s,]/.test(sizes.trim()) || !element.matches('picture source'))) oneSource(element)
    for (const { name, value } of element.attributes) {
      if (!name.startsWith('on')) continue
      const rewritten = rewriteScript(value)
      if (rewritten !== value) element.setAttribute(name, rewritten)
    }
    if (!element.matches(loading)) return
    const attribute = element instanceof HTMLLinkElement ? 'href' : element.matches('picture source') ? 'srcset' : 'src'
    const address = element.getAttribute(attribute) ?? ''
    if (!here(address)) void bring(element, attribute, address)
  }

  new MutationObserver(records => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') meet(target as Element)
      else if (type === 'characterData' || target instanceof HTMLStyleElement) {
        if (target instanceof Element) meet(target)
      }
      for (const node of addedNodes) if (node instanceof Element) for (const element of [node, ...node.querySelectorAll('*')]) meet(element)
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'href', 'srcset', 'style'] })

  // By a script: also for pictures that are in no document, and before a script element is put into one.
  for (const { prototype } of [HTMLImageElement, HTMLScriptElement, HTMLIFrameElement] as { prototype: HTMLElement }[]) {
    const own = Object.getOwnPropertyDescriptor(prototype, 'src')!
    Object.defineProperty(prototype, 'src', {
      ...own,
      get(this: Element) { return wanted.has(this) ? absolute(wanted.get(this)!) : own.get!.call(this) as string },
      set(this: Element, value: unknown) {
        const address = String(value)
        wanted.delete(this)
        if (here(address)) return own.set!.call(this, address)
        void bring(this, 'src', address)
      },
    })
  }

  // The policy has stopped what asked for the network: the page hears of it only if the wrapper has not got it either.
  window.addEventListener('error', event => {
    const element = event.target
    if (!(element instanceof Element) || !event.isTrusted) return
    const address = element.getAttribute(element instanceof HTMLLinkElement ? 'href' : 'src') ?? ''
    if (here(address)) return
    if (wanted.get(element) === address) return event.stopImmediatePropagation()
    if (!(element instanceof HTMLScriptElement)) return
    event.stopImmediatePropagation()
    // It has had its one chance: another one takes its place.
    void bring(element, 'src', address, () => {
      const copy = document.createElement('script')
      for (const { name, value } of element.attributes) if (name !== 'src') copy.setAttribute(name, value)
      Object.assign(copy, { onload: element.onload, onerror: element.onerror })
      queueMicrotask(() => element.replaceWith(copy))
      return copy
    })
  }, true)
}
