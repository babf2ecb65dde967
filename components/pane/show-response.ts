/** A response as a document for the pane: pages rewritten, pictures and texts put into a page, everything else to be kept as a file. */
import { headerOf } from '../../engine/http/http-connection.ts'
import { joinBytes } from '../../engine/bytes/join-bytes.ts'
import type { Rewritten } from './bridged-document.ts'
import { bytesAsUrl } from './bytes-as-url.ts'
import type { HttpClient } from './http-client.ts'
import { get, type PagePlace, type PaneResponse, type ResponseHead } from './messages.ts'
import { draftDocument } from './draft-document.ts'
import { onceEach } from './once-each.ts'
import { readBody } from './read-body.ts'
import { rewriteCss } from './rewrite-css.ts'
import { baseOf, rewriteDocument, type Loading } from './rewrite-document.ts'
import { createModules } from './rewrite-modules.ts'
import { rewriteScript } from './rewrite-script.ts'
import type { ShownPages } from './shown-pages.ts'

/** Frames in frames, so deep; and stylesheets that import each other. */
const DEEPEST = 2
const DEEPEST_STYLE = 8

const scheme = '<meta name="color-scheme" content="light dark">'
const plain = `${scheme}<style>body { margin: 12px 14px; font: 15px/1.5 ui-monospace, monospace } pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere } img { max-width: 100% }</style>`

export interface WholeResponse extends ResponseHead {
  body: Uint8Array
}

export interface ShownDocument extends Rewritten {
  key: string
}

/** A response on its way to be a page. */
export interface Showable {
  /** What has come of it so far. Not of images, which are shown whole. */
  draft?(body: Uint8Array): Promise<ShownDocument>
  page(body: Uint8Array): Promise<ShownDocument>
}

export interface Showing {
  open(response: ResponseHead, referrer: string): Showable
  /** A line of the pane's own. */
  words(text: string): string
  /** The name under which a response is to be kept; undefined for what is shown. */
  downloadOf(response: ResponseHead): string | undefined
}

/** Without its parameters. */
const typeOf = (response: ResponseHead) => (headerOf(response, 'content-type') ?? 'text/html').replace(/;.*/s, '').trim().toLowerCase()
const isDocument = (type: string) => type === 'text/html' || type === 'application/xhtml+xml'
const isText = (type: string) => type.startsWith('text/') || /^application\/(?:.*\+)?(?:json|xml|javascript|toml|x-sh)$/.test(type)
const isScript = (type: string) => /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type)
const encode = (text: string) => new TextEncoder().encode(text)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function textOf(response: WholeResponse): string {
  const [, label = 'utf-8'] = /charset="?([^";\s]+)/i.exec(headerOf(response, 'content-type') ?? '') ?? []
  try {
    return new TextDecoder(label).decode(response.body)
  } catch {
    // A server's own invention.
    return new TextDecoder().decode(response.body)
  }
}

export function createShowing(client: HttpClient, bridge: string, pages: Pick<ShownPages, 'open'>): Showing {
  const whole = async (response: PaneResponse): Promise<WholeResponse> => {
    const { parts, problem } = await readBody(response.body)
    if (problem !== undefined) throw new Error(problem)
    return { ...response, body: joinBytes(parts) }
  }
  const load = (url: string, from: string) =>
    client.request(get(url), { from, within: true })
      .then(response => response.status < 400 ? whole(response) : undefined)
      .catch(() => undefined)

  /** What a page names, as data: addresses. */
  function assets(page: string) {
    const css = (text: string, from: string, styles = 0) => rewriteCss(text, from, url => styles === 0 ? files.get(url) : asUrl(url, styles))
    async function asUrl(url: string, styles = 0): Promise<string | undefined> {
      const response = styles < DEEPEST_STYLE ? await load(url, page) : undefined
      return response && asDataUrl(response, styles)
    }
    async function asDataUrl(response: WholeResponse, styles: number): Promise<string> {
      const type = typeOf(response)
      const bytes = type === 'text/css' ? encode(await css(textOf(response), response.url, styles + 1))
        : isScript(type) ? encode(`${rewriteScript(textOf(response))}\n//# sourceURL=${response.url}`) : response.body
      return bytesAsUrl(bytes, type === 'text/css' || isScript(type) ? `${type};charset=utf-8` : type)
    }
    const files = onceEach(url => asUrl(url))
    return { files, asDataUrl, css: (text: string, from: string) => css(text, from) }
  }

  const loading = (page: string, depth: number, base: string, { files, css, asDataUrl }: ReturnType<typeof assets>): Loading => ({
    asUrl: files.get,
    css,
    async frame(request, inside) {
      if (inside && depth >= DEEPEST) throw new Error(`frames are shown ${DEEPEST} deep`)
      const within = new URL(request.url).origin !== new URL(page).origin
      const response = await whole(await client.request(request, { from: page, within }))
      return (await open(response, inside ? depth + 1 : depth, page).page(response.body)).html
    },
    modules: createModules(base, async url => {
      const response = await load(url, page)
      return response && (isScript(typeOf(response)) ? { text: rewriteScript(textOf(response)) } : { dataUrl: await asDataUrl(response, 0) })
    }, text => bytesAsUrl(encode(text), 'text/javascript;charset=utf-8')),
  })

  function open(head: ResponseHead, depth: number, referrer: string): Showable {
    const { url } = head
    const type = typeOf(head)
    const named = assets(url)
    const titled = ({ html, title }: Rewritten, { key }: PagePlace) => ({ html, title: isDocument(type) ? title : nameOf(head), key })
    const textIn = (body: Uint8Array) => isDocument(type) ? textOf({ ...head, body }) : `${plain}<pre>${escaped(textOf({ ...head, body }))}</pre>`
    const placeAt = (base: string) => {
      const ways = loading(url, depth, base, named)
      return { ways, place: pages.open(url, depth, referrer, ways) }
    }
    const isImage = type.startsWith('image/')
    const drafted = isImage ? undefined : placeAt(url).place
    return {
      draft: drafted && (async body => {
        const text = textIn(body)
        return titled(await draftDocument(text, drafted, bridge, baseOf(text, url), named.files.now), drafted)
      }),
      async page(body) {
        // What is only text has the bridge too: its keys are the deck's.
        const text = isImage ? `${plain}<img src="${await bytesAsUrl(body, type)}" alt="">` : textIn(body)
        const base = isDocument(type) ? baseOf(text, url) : url
        const { ways, place } = placeAt(base)
        const document = await rewriteDocument(text, place, bridge, base, ways)
        named.files.forgetMissing()
        return titled(document, place)
      },
    }
  }

  return {
    open: (head, referrer) => open(head, 0, referrer),
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
function nameOf(response: ResponseHead): string {
  const disposition = headerOf(response, 'content-disposition') ?? ''
  const [, encodedName] = /filename\*=utf-8''([^;\s]+)/i.exec(disposition) ?? []
  const [, quoted, bare] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition) ?? []
  const last = new URL(response.url).pathname.split('/').filter(Boolean).at(-1) ?? 'index'
  return (encodedName === undefined ? quoted ?? bare ?? unescaped(last) : unescaped(encodedName)).replace(/[/\\]/g, '_')
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
