/** A browser's part of HTTP: cookies, redirects, passwords, answers that have not changed, one connection a request. */
import { CookieJar } from 'tough-cookie'
import type { ByteStream } from '../../engine/machine/byte-stream.ts'
import { codingOf, unpacked } from '../../engine/http/content-coding.ts'
import { createHttpConnection, headerOf, type HttpConnection, type HttpHead } from '../../engine/http/http-connection.ts'
import { createKeptResponses } from './kept-responses.ts'
import type { PaneRequest, PaneResponse, ResponseHead } from './messages.ts'

export interface RequestContext {
  /** The page that asks, where one does. */
  from?: string
  /** It asks for something in itself: its cookies go to its own server only. */
  within?: boolean
  /** Ends the connection, at any time. */
  signal?: AbortSignal
}

export interface HttpClient {
  /** Rejects with one line. */
  request(request: PaneRequest, context?: RequestContext): Promise<PaneResponse>
  /** What document.cookie says at this address. */
  cookiesOf(url: string): string
  /** document.cookie = text. */
  setCookie(url: string, text: string): void
  /** For all requests to this address's server from now on. */
  setPassword(url: string, name: string, password: string): void
}

/** As browsers have it. */
const MOST_REDIRECTS = 20
const redirecting = new Set([301, 302, 303, 307, 308])
/** What a page may not set by itself (Fetch, 2.2.2: forbidden request-headers), as far as it is set here. */
const ours = new Set(['host', 'connection', 'content-length', 'cookie', 'origin', 'referer', 'user-agent', 'transfer-encoding', 'accept-encoding'])

/** `hosts`: the names of the machine itself. */
export function createHttpClient(connect: (port: number) => Promise<ByteStream>, hosts: readonly string[]): HttpClient {
  const jar = new CookieJar()
  const kept = createKeptResponses()
  const passwords = new Map<string, string>()

  const setPassword = (url: string, name: string, password: string) =>
    void passwords.set(new URL(url).origin, `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${name}:${password}`)))}`)

  function place(url: string): URL {
    const at = new URL(url)
    if (at.protocol !== 'http:') throw new Error(`${at.protocol}//${at.host}: the pane speaks http: only`)
    if (!hosts.includes(at.hostname) && !/^127(\.\d+){3}$/.test(at.hostname)) throw new Error(`${at.host} is not reached from here: only servers of this machine are`)
    if (at.username !== '') setPassword(url, decodeURIComponent(at.username), decodeURIComponent(at.password))
    at.username = at.password = ''
    return at
  }

  async function exchange(request: PaneRequest, context: RequestContext): Promise<PaneResponse> {
    const at = place(request.url)
    at.hash = ''
    context.signal?.throwIfAborted()
    const stream = await connect(Number(at.port || 80)).catch((error: unknown) => {
      throw new Error(`${at.host}: ${error instanceof Error ? error.message : String(error)}`)
    })
    const connection = createHttpConnection(stream)
    const stop = () => void connection.close().catch(() => undefined)
    context.signal?.addEventListener('abort', stop)
    if (context.signal?.aborted) stop()
    try {
      const hasCookies = !context.within || context.from === undefined || new URL(context.from).origin === at.origin
      const password = passwords.get(at.origin)
      await connection.send(headOf(request, at, context.from, hasCookies ? jar.getCookieStringSync(at.href) : '', hasCookies ? password : undefined))
      if (request.body) await connection.send(request.body)
      let head = await connection.head()
      while (head && head.status >= 100 && head.status < 200) head = await connection.head()
      if (!head) throw new Error(`${at.host} ended the connection without an answer`)
      for (const [name, value] of head.headers)
        if (hasCookies && name.toLowerCase() === 'set-cookie') jar.setCookieSync(value, at.href, { ignoreError: true })
      const { status, reason, headers } = head
      const coding = codingOf(head)
      const sent = request.method === 'HEAD' ? nothing(stop) : bodyOf(connection, head, at.host)
      const body = coding === undefined ? sent : unpacked(sent, coding)
      return { url: at.href, status, statusText: reason, headers, body }
    } catch (error) {
      stop()
      throw error
    }
  }

  return {
    async request(first, context = {}) {
      let request = first
      for (let redirects = 0; ; redirects++) {
        const asked = kept.ask(request)
        const response = kept.answer(asked, request, await exchange(asked, context))
        const to = locationOf(response)
        if (!to) return response
        await response.body.cancel()
        if (redirects === MOST_REDIRECTS) throw new Error(`${new URL(first.url).host} redirected more than ${MOST_REDIRECTS} times`)
        request = redirected(request, response.status, to)
      }
    },
    cookiesOf: url => jar.getCookiesSync(url).filter(({ httpOnly }) => !httpOnly).map(cookie => cookie.cookieString()).join('; '),
    setCookie: (url, text) => void jar.setCookieSync(text, url, { http: false, ignoreError: true }),
    setPassword,
  }
}

function headOf({ method, headers, body }: PaneRequest, at: URL, from: string | undefined, cookies: string, password: string | undefined): Uint8Array {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)
  const lines: [string, string][] = [['Host', at.host], ['Connection', 'close'], ['User-Agent', navigator.userAgent], ['Accept-Encoding', 'gzip, deflate']]
  if (!has('accept')) lines.push(['Accept', '*/*'])
  lines.push(...headers.filter(([name]) => !ours.has(name.toLowerCase())))
  if (password !== undefined && !has('authorization')) lines.push(['Authorization', password])
  if (cookies) lines.push(['Cookie', cookies])
  if (from !== undefined) lines.push(['Referer', from.replace(/#.*/s, '')])
  const origin = new URL(from ?? at.href).origin
  const changes = method !== 'GET' && method !== 'HEAD'
  if (changes || origin !== at.origin) lines.push(['Origin', origin])
  if (changes) lines.push(['Content-Length', String(body?.length ?? 0)])
  const text = `${method} ${at.pathname}${at.search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

function bodyOf(connection: HttpConnection, head: HttpHead, host: string): ReadableStream<Uint8Array> {
  const parts = connection.body(head, () => undefined)
  const close = () => connection.close().catch(() => undefined)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await parts.next()
        // A view of a larger buffer would cross the next border with all of it.
        if (!done) return controller.enqueue(value.slice())
        await close()
        if (connection.missing > 0) throw new Error(`${host} ended the connection in the middle of its answer`)
        controller.close()
      } catch (error) {
        await close()
        controller.error(error)
      }
    },
    cancel: close,
  }, { highWaterMark: 0 })
}

function nothing(then: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      then()
      controller.close()
    },
  })
}

function locationOf(response: ResponseHead): string | undefined {
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
