/** A response as a document for the pane: pages rewritten, pictures and texts put into a page, everything else to be kept as a file. */
import { headerOf } from '../../engine/http/http-connection.ts'
import { bytesAsUrl } from './bytes-as-url.ts'
import type { HttpClient } from './http-client.ts'
import type { PaneResponse } from './messages.ts'
import { rewriteCss } from './rewrite-css.ts'
import { rewriteDocument, type Loading } from './rewrite-document.ts'
import { rewriteScript } from './rewrite-script.ts'

/** Frames in frames, so deep. */
const DEEPEST = 2

const scheme = '<meta name="color-scheme" content="light dark">'
const plain = `${scheme}<style>body { margin: 12px 14px; font: 15px/1.5 ui-monospace, monospace } pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere } img { max-width: 100% }</style>`

export interface Showing {
  page(response: PaneResponse): Promise<{ html: string; title: string }>
  /** A line of the pane's own. */
  words(text: string): string
  /** The name under which a response is to be kept; undefined for what is shown. */
  downloadOf(response: PaneResponse): string | undefined
}

/** Without its parameters. */
const typeOf = (response: PaneResponse) => (headerOf(response, 'content-type') ?? 'text/html').replace(/;.*/s, '').trim().toLowerCase()
const isDocument = (type: string) => type === 'text/html' || type === 'application/xhtml+xml'
const isText = (type: string) => type.startsWith('text/') || /^application\/(?:.*\+)?(?:json|xml|javascript|toml|x-sh)$/.test(type)
const isScript = (type: string) => /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type)
const encode = (text: string) => new TextEncoder().encode(text)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function textOf(response: PaneResponse): string {
  const [, label = 'utf-8'] = /charset="?([^";\s]+)/i.exec(headerOf(response, 'content-type') ?? '') ?? []
  try {
    return new TextDecoder(label).decode(response.body)
  } catch {
    // A server's own invention.
    return new TextDecoder().decode(response.body)
  }
}

export function createShowing(client: HttpClient, bridge: string): Showing {
  const load = (url: string, from: string) =>
    client.request({ url, method: 'GET', headers: [], body: undefined }, from).then(response => response.status < 400 ? response : undefined, () => undefined)

  function loadingFor(page: string, depth: number): Loading {
    const css = (text: string, base: string) => rewriteCss(text, base, asUrl)
    async function asUrl(url: string): Promise<string | undefined> {
      const response = await load(url, page)
      if (!response) return undefined
      const type = typeOf(response)
      const bytes = type === 'text/css' ? encode(await css(textOf(response), response.url)) : isScript(type) ? encode(rewriteScript(textOf(response))) : response.body
      return bytesAsUrl(bytes, type === 'text/css' || isScript(type) ? `${type};charset=utf-8` : type)
    }
    return {
      asUrl,
      css,
      async asDocument(url) {
        const response = depth < DEEPEST ? await load(url, page) : undefined
        return response && (await pageOf(response, depth + 1)).html
      },
    }
  }

  async function pageOf(response: PaneResponse, depth: number): Promise<{ html: string; title: string }> {
    const { url, body } = response
    const type = typeOf(response)
    const name = nameOf(response)
    if (type.startsWith('image/')) return { html: `${plain}<img src="${await bytesAsUrl(body, type)}" alt="">`, title: name }
    const text = textOf(response)
    const place = { url, cookies: client.cookiesOf(url) }
    // What is only text has the bridge too: its keys are the deck's.
    const { html, title } = await rewriteDocument(isDocument(type) ? text : `${plain}<pre>${escaped(text)}</pre>`, place, bridge, loadingFor(url, depth))
    return { html, title: isDocument(type) ? title : name }
  }

  return {
    page: response => pageOf(response, 0),
    words: text => `${plain}<pre>${escaped(text)}</pre>`,
    downloadOf(response) {
      const type = typeOf(response)
      const isShown = isDocument(type) || isText(type) || type.startsWith('image/')
      const disposition = headerOf(response, 'content-disposition') ?? ''
      return /^\s*attachment/i.test(disposition) || !isShown ? nameOf(response) : undefined
    },
  }
}

/** RFC 6266's file name, or the path's last part. */
function nameOf(response: PaneResponse): string {
  const disposition = headerOf(response, 'content-disposition') ?? ''
  const [, quoted, bare] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition) ?? []
  const last = new URL(response.url).pathname.split('/').filter(Boolean).at(-1) ?? 'index'
  return (quoted ?? bare ?? unescaped(last)).replace(/[/\\]/g, '_')
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
