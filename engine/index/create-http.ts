import { IndexError } from './index-error.ts'
import type { IndexHome, IndexSettings } from './index-settings.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { parseUrl } from './parse-url.ts'
import { BrokenConnection, readPieces } from './read-answer.ts'
import { shownUrl } from './shown-url.ts'
import { sleep as realSleep } from './sleep.ts'
import { splitCredentials } from './split-credentials.ts'
import { isTrusted } from './trusted-hosts.ts'

/** What came back: success, or one of the statuses that mean something to whoever asked (304, 404, 410, 416). */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** After redirects, without credentials. */
  readonly url: string
  readonly pieces: AsyncIterable<Uint8Array>
}

export interface Exchange<T> {
  /** May hold credentials. */
  readonly url: string
  /** Asked again before each attempt: what is already here needs not come twice. */
  readonly headers: () => Record<string, string>
  /** Takes the answer in; a connection that breaks in the middle of it is tried again from the start. */
  readonly take: (answer: Answer) => Promise<T>
  readonly signal?: AbortSignal
}

export interface Http {
  exchange<T>(exchange: Exchange<T>): Promise<T>
}

/** Milliseconds: of the first wait (doubled each time), and the longest that a server's Retry-After is heeded. */
const firstWait = 250
const longestWait = 60_000
const passedOn = new Set([304, 404, 410, 416])
const temporary = (status: number): boolean => status === 408 || status === 429 || status >= 500

type Attempt<T> = { value: T } | { failed: IndexError; wait?: number }

/** GET over `fetch`: bounded, with time limits, tried again where that may help, credentials kept out of sight. Throws IndexError. */
export const createHttp = (
  { trustedHosts = [], retries = 5, timeout = 15_000, concurrency = 12 }: IndexSettings,
  { fetch, now = Date.now, sleep = realSleep, random = Math.random }: IndexHome,
): Http => {
  const limited = limitConcurrency(concurrency)
  /** Credentials hold for everything on their origin: an index's files seldom repeat them. */
  const credentials = new Map<string, string>()

  const attempt = async <T>(url: string, { headers, take, signal }: Exchange<T>): Promise<Attempt<T>> => {
    signal?.throwIfAborted()
    const shown = shownUrl(url)
    const controller = new AbortController()
    const ended = new AbortController()
    const giveUp = () => controller.abort(signal?.reason)
    signal?.addEventListener('abort', giveUp)
    let since: number | undefined = now()
    let late = false
    const watch = async () => {
      for (;;) {
        const left = since === undefined ? timeout : since + timeout - now()
        if (left <= 0) {
          late = true
          return controller.abort()
        }
        await sleep(left, ended.signal)
      }
    }
    void watch().catch(() => undefined)
    try {
      const authorization = credentials.get(new URL(url).origin)
      const response = await fetch(url, {
        headers: { ...headers(), ...(authorization !== undefined && { Authorization: authorization }) },
        redirect: 'follow',
        credentials: 'omit',
        signal: controller.signal,
      }).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'NotAllowedError')) throw new BrokenConnection(error)
        throw new IndexError('refused', `${shown} is not asked: ${error.message}`, shown)
      })
      const { status } = response
      const final = response.url === '' ? url : response.url
      checkRedirect(url, final, trustedHosts)
      if (!response.ok && !passedOn.has(status)) {
        void response.body?.cancel().catch(() => undefined)
        const failed = new IndexError('status', `${shown} answers ${status}${response.statusText && ` ${response.statusText}`}${remedy(status)}`, shown)
        return temporary(status) ? { failed, wait: retryAfter(response.headers, now()) } : giveBack(failed)
      }
      const pieces = readPieces(response, begun => { since = begun ? now() : undefined })
      const value = await take({ status, headers: response.headers, url: final, pieces })
      // Nobody wanted the body: its connection is free again.
      if (!response.bodyUsed) void response.body?.cancel().catch(() => undefined)
      return { value }
    } catch (error) {
      signal?.throwIfAborted()
      if (late) return { failed: new IndexError('timeout', `${shown} did not answer within ${timeout / 1000} s`, shown) }
      if (!(error instanceof BrokenConnection)) throw error
      if (/scheme|redirect count/i.test(error.message)) {
        throw new IndexError('refused', `${shown} redirects to where it cannot be followed: ${error.message}`, shown)
      }
      return { failed: new IndexError('unreachable', `${shown} cannot be reached: ${error.message}`, shown) }
    } finally {
      ended.abort()
      signal?.removeEventListener('abort', giveUp)
    }
  }

  return {
    async exchange(exchange) {
      const { url, authorization } = splitCredentials(exchange.url)
      if (authorization !== undefined) credentials.set(new URL(url).origin, authorization)
      for (let tried = 0; ; tried++) {
        const outcome = await limited(() => attempt(url, exchange))
        if ('value' in outcome) return outcome.value
        const wait = outcome.wait ?? firstWait * 2 ** tried * (0.5 + random() / 2)
        if (tried >= retries || wait > longestWait) throw outcome.failed
        await sleep(wait, exchange.signal)
      }
    },
  }
}

const giveBack = (error: IndexError): never => {
  throw error
}

/** `fetch` follows redirects by itself; where it ended up is what can be judged. */
const checkRedirect = (from: string, to: string, trustedHosts: readonly string[]): void => {
  const target = parseUrl(to)
  if (target && target.protocol === new URL(from).protocol) return
  if (target?.protocol === 'https:' || (target?.protocol === 'http:' && isTrusted(target, trustedHosts))) return
  throw new IndexError('refused', `${shownUrl(from)} redirects to ${shownUrl(to)}, which is not as safe: not followed`, shownUrl(from))
}

const remedy = (status: number): string =>
  status === 401 || status === 407 ? ': user name and password go into the URL (https://user:password@host/...); netrc files and keyrings are not read'
    : status === 403 ? ': access is denied, with these credentials or without any' : ''

/** Milliseconds that a server asks for, in seconds or as a date (RFC 9110, 10.2.3). */
const retryAfter = (headers: Headers, now: number): number | undefined => {
  const value = headers.get('Retry-After')?.trim()
  if (value === undefined || value === '') return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
