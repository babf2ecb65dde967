/** A browser's part of HTTP: cookies, redirects, one connection a request. */
import { CookieJar } from 'tough-cookie'
import type { ByteStream } from '../../engine/machine/byte-stream.ts'
import { createHttpConnection, headerOf } from '../../engine/http/http-connection.ts'
import { joinBytes } from '../../engine/machine/join-bytes.ts'
import type { PaneRequest, PaneResponse } from './messages.ts'

export interface HttpClient {
  /** `from`: the page that asks, where one does. Rejects with one line. */
  request(request: PaneRequest, from?: string): Promise<PaneResponse>
  /** What document.cookie says at this address. */
  cookiesOf(url: string): string
  /** document.cookie = text. */
  setCookie(url: string, text: string): void
}

/** As browsers have it. */
const MOST_REDIRECTS = 20
const redirecting = new Set([301, 302, 303, 307, 308])
/** What a page may not set by itself (Fetch, 2.2.2: forbidden request-headers), as far as it is set here. */
const ours = new Set(['host', 'connection', 'content-length', 'cookie', 'origin', 'referer', 'user-agent', 'transfer-encoding'])

/** `hosts`: the names of the machine itself. */
export function createHttpClient(connect: (port: number) => Promise<ByteStream>, hosts: readonly string[]): HttpClient {
  const jar = new CookieJar()

  function place(url: string): URL {
    const at = new URL(url)
    if (at.protocol !== 'http:') throw new Error(`${at.protocol}//${at.host}: the pane speaks http: only`)
    if (!hosts.includes(at.hostname) && !/^127(\.\d+){3}$/.test(at.hostname)) throw new Error(`${at.host} is not reached from here: only servers of this machine are`)
    return at
  }

  async function exchange(request: PaneRequest, from: string | undefined): Promise<PaneResponse> {
    const at = place(request.url)
    const stream = await connect(Number(at.port || 80)).catch((error: unknown) => {
      throw new Error(`${at.host}: ${error instanceof Error ? error.message : String(error)}`)
    })
    const connection = createHttpConnection(stream)
    try {
      await connection.send(headOf(request, at, from))
      if (request.body) await connection.send(request.body)
      let head = await connection.head()
      while (head && head.status >= 100 && head.status < 200) head = await connection.head()
      if (!head) throw new Error(`${at.host} ended the connection without an answer`)
      for (const [name, value] of head.headers)
        if (name.toLowerCase() === 'set-cookie') jar.setCookieSync(value, at.href, { ignoreError: true })
      const parts: Uint8Array[] = []
      if (request.method !== 'HEAD') for await (const part of connection.body(head, () => undefined)) parts.push(part)
      if (connection.missing > 0) throw new Error(`${at.host} ended the connection in the middle of its answer`)
      const { status, reason, headers } = head
      // A view of a larger buffer would cross the next border with all of it.
      return { url: at.href, status, statusText: reason, headers, body: joinBytes(parts).slice() }
    } finally {
      await connection.close().catch(() => undefined)
    }
  }

  function headOf({ method, headers, body }: PaneRequest, at: URL, from: string | undefined): Uint8Array {
    const cookies = jar.getCookieStringSync(at.href)
    const lines: [string, string][] = [['Host', at.host], ['Connection', 'close'], ['User-Agent', navigator.userAgent]]
    if (!headers.some(([name]) => name.toLowerCase() === 'accept')) lines.push(['Accept', '*/*'])
    lines.push(...headers.filter(([name]) => !ours.has(name.toLowerCase())))
    if (cookies) lines.push(['Cookie', cookies])
    if (from !== undefined) lines.push(['Referer', withoutFragment(from)])
    if (method !== 'GET' && method !== 'HEAD') lines.push(['Origin', new URL(from ?? at.href).origin], ['Content-Length', String(body?.length ?? 0)])
    const text = `${method} ${at.pathname}${at.search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
    return Uint8Array.from(text, character => character.charCodeAt(0))
  }

  return {
    async request(first, from) {
      let request = first
      for (let redirects = 0; ; redirects++) {
        const response = await exchange(request, from)
        const to = locationOf(response)
        if (!to) return response
        if (redirects === MOST_REDIRECTS) throw new Error(`${new URL(first.url).host} redirected more than ${MOST_REDIRECTS} times`)
        request = redirected(request, response.status, to)
      }
    },
    cookiesOf: url => jar.getCookiesSync(url).filter(({ httpOnly }) => !httpOnly).map(cookie => cookie.cookieString()).join('; '),
    setCookie: (url, text) => void jar.setCookieSync(text, url, { http: false, ignoreError: true }),
  }
}

const withoutFragment = (url: string) => url.replace(/#.*/s, '')

function locationOf(response: PaneResponse): string | undefined {
  const { status, url } = response
  const location = headerOf(response, 'location')
  return redirecting.has(status) && location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : undefined
}

/** Fetch 4.4, HTTP-redirect fetch: a POST becomes a GET, unless the status says to keep it. */
function redirected(request: PaneRequest, status: number, url: string): PaneRequest {
  const { method } = request
  const becomesGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST'
  if (!becomesGet) return { ...request, url }
  return { url, method: 'GET', headers: request.headers.filter(([name]) => !name.toLowerCase().startsWith('content-')), body: undefined }
}
