import type { Ask } from './bridge-ask.ts'
import { rewriteScript } from './rewrite-script.ts'

/** What scripts put into the page later: the bytes behind `src` and `href` come by way of the wrapper, as blobs of this document. */
export function bridgeElements(ask: Ask, absolute: (url: string) => string): void {
  const loading = 'img, input[type=image], script, source, video, audio, embed, link[rel~="stylesheet" i]'
  const done = new WeakMap<Element, string>()

  async function bring(element: Element) {
    const attribute = element instanceof HTMLLinkElement ? 'href' : 'src'
    const address = element.getAttribute(attribute)
    if (!address || /^(?:data|blob|about|javascript):/i.test(address) || done.get(element) === address) return
    done.set(element, address)
    const response = await ask({ url: absolute(address), method: 'GET', headers: [], body: undefined }).catch(() => undefined)
    if (!response || response.status >= 400 || element.getAttribute(attribute) !== address) return
    const [, type = ''] = response.headers.find(([name]) => name.toLowerCase() === 'content-type') ?? []
    const isScript = element instanceof HTMLScriptElement
    const content = isScript ? rewriteScript(new TextDecoder().decode(response.body)) : response.body as Uint8Array<ArrayBuffer>
    const url = URL.createObjectURL(new Blob([content], { type }))
    // A script that was put in with an address that the policy stopped has had its one chance: another one takes its place.
    const target = isScript ? copyOf(element) : element
    target.setAttribute(attribute, url)
    if (target !== element) element.replaceWith(target)
  }
  function copyOf(script: HTMLScriptElement): HTMLScriptElement {
    const copy = document.createElement('script')
    for (const { name, value } of script.attributes) if (name !== 'src') copy.setAttribute(name, value)
    copy.onload = script.onload
    return copy
  }

  new MutationObserver(records => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') {
        if ((target as Element).matches(loading)) void bring(target as Element)
        continue
      }
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        for (const element of [node, ...node.querySelectorAll(loading)]) if (element.matches(loading)) void bring(element)
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'href'] })
}
