import { bridgedDocument, dropped, here, type Rewritten } from './bridged-document.ts'
import type { PagePlace } from './messages.ts'
import { oneSource } from './one-source.ts'
import { rewriteCss } from './rewrite-css.ts'

/**
 * What has come of a document whose rest is on its way, with as much of what it names as is there (`now`): to look at, and its links work.
 * Its scripts run once, when it is whole.
 */
export async function draftDocument(
  html: string, place: PagePlace, bridge: string, base: string, now: (url: string) => string | undefined,
): Promise<Rewritten> {
  const document = new DOMParser().parseFromString(html, 'text/html')
  for (const element of document.querySelectorAll(`${dropped}, script, frame`)) element.remove()
  for (const element of document.querySelectorAll('[srcset]')) oneSource(element)
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith('on') || /^(?:autofocus|srcdoc)$/.test(name)) element.removeAttribute(name)
      if (!/^(?:src|srcset|poster)$/.test(name) && !(name === 'href' && element.matches('link')) || here.test(value)) continue
      const url = element.matches('iframe') || !URL.canParse(value, base) ? undefined : now(new URL(value, base).href)
      if (url === undefined) element.removeAttribute(name)
      else element.setAttribute(name, url)
    }
  }
  const styled = (text: string | null) => rewriteCss(text ?? '', base, async url => now(url))
  for (const element of document.querySelectorAll('style')) element.textContent = await styled(element.textContent)
  for (const element of document.querySelectorAll('[style*="url(" i]')) element.setAttribute('style', await styled(element.getAttribute('style')))
  return bridgedDocument(document, base, bridge, place)
}
