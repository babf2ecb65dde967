/** What machines may ask of the outside, as a `fetch`: the deck's own package index always, everything else where a switch says so. */

import { outsideUrl } from '../http/hosts-by-fetch.ts'

/** Where the deck's package index is, seen from inside a machine; the page answers for it. */
export const machineIndexUrl = 'https://index.talk/simple/'

export interface OutsideRules {
  /** The URL under which the deck is served, with its last slash: `simple/` below it is the index. */
  readonly assets: string
  /** Whether anything else may be asked. */
  readonly isOpen: () => boolean
  readonly fetch: typeof fetch
}

const switchedOff = (host: string) =>
  refused(`the outside is switched off: ${host} is not asked (the network switch of this page, or ?outside in its address, opens it)`)
const refused = (message: string) => new DOMException(message, 'NotAllowedError')

export function createOutsideFetch({ assets, isOpen, fetch }: OutsideRules): typeof globalThis.fetch {
  const own = new URL(assets)
  const leaveToAsk = (host: string) => {
    if (!isOpen() && host !== new URL(machineIndexUrl).host) throw switchedOff(host)
    return new Response(null, { status: 204 })
  }

  return async (input, init) => {
    const request = new Request(input, init)
    if (request.url.startsWith(machineIndexUrl)) return fetchFromIndex(request, own, fetch)
    if (request.url.startsWith(outsideUrl)) return leaveToAsk(request.url.slice(outsideUrl.length))
    const url = new URL(request.url)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refused(`${url.protocol} URLs lead nowhere from here`)
    if (!isOpen()) throw switchedOff(url.host)
    // A development server answers its own pages more than others may see.
    if (url.origin === own.origin) throw refused(`${url.host} serves this deck, which programs in it may not ask`)
    const response = await fetch(request, { mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(async (error: unknown) => {
      request.signal.throwIfAborted()
      throw new TypeError(await explain(url, request.method, own.origin, fetch, error))
    })
    if (response.url !== '' && new URL(response.url).origin === own.origin) throw refused(`${url.host} redirects to this deck, which programs in it may not ask`)
    return response
  }
}

/** The index is static files: a page's address is that of its index.json, whatever the server makes of directories. */
async function fetchFromIndex(request: Request, own: URL, fetch: typeof globalThis.fetch): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw refused(`${request.method}: the deck's package index can only be read`)
  const { pathname } = new URL(request.url)
  const isPage = pathname.endsWith('/')
  const path = pathname.slice(new URL(machineIndexUrl).pathname.length) + (isPage ? 'index.json' : '')
  // Nothing that a server might take for a way up: the index is all there is to see.
  if (!/^(?:[\w.+!~-]|%2[0B]|\/(?!\/))+$/i.test(path)) throw refused(`${pathname}: no address of the deck's package index`)
  const { method, headers, signal } = request
  const response = await fetch(new URL(`simple/${path}`, own), { method, headers, signal })
  const answered = new Headers(response.headers)
  // Servers of single-page applications answer with the application where there is no such file.
  const isMissing = response.ok && answered.get('Content-Type')?.startsWith('text/html') && !path.endsWith('.html')
  if (isPage) answered.set('Content-Type', 'application/vnd.pypi.simple.v1+json')
  const { status, statusText, body } = response
  const found = isMissing
    ? new Response('Not found\n', { status: 404, statusText: 'Not Found', headers: { 'Content-Type': 'text/plain' } })
    : new Response(status === 304 ? null : body, { status, statusText, headers: answered })
  if (isMissing) void body?.cancel()
  Object.defineProperty(found, 'url', { value: request.url })
  return found
}

/** A browser does not say why it failed. A server that answers where nobody may look at the answer is one that forbids the reading. */
async function explain(url: URL, method: string, origin: string, fetch: typeof globalThis.fetch, error: unknown): Promise<string> {
  const reason = error instanceof Error ? error.message : String(error)
  const answers = (method === 'GET' || method === 'HEAD')
    && await fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' }).then(() => true, () => false)
  return answers
    ? `${url.host} answers, but lets no page of another origin read it: its answers lack Access-Control-Allow-Origin for ${origin} (CORS)`
    : `${url.host} cannot be reached, or lets no page of another origin read it (CORS; the browser does not say which): ${reason}`
}
