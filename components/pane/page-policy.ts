/** What a shown page's own requests get: the same-origin policy, which the browser cannot hold for an origin that it does not know. */
import { headerOf } from '../../engine/http/http-connection.ts'
import type { PaneRequest, ResponseHead } from './messages.ts'

/** What a page says it wants, as a request: it may have said anything. */
export function requestOf(said: Partial<Record<keyof PaneRequest, unknown>> | undefined): PaneRequest {
  const { url, method = 'GET', headers = [], body } = said ?? {}
  const line = (value: unknown) => String(value).replace(/[\r\n\0]/g, ' ')
  return {
    url: String(url),
    method: line(method).replace(/\s/g, '').toUpperCase(),
    headers: Array.isArray(headers) ? headers.filter(Array.isArray).map(([name, value]) => [line(name), line(value)]) : [],
    body: body instanceof Uint8Array ? body : undefined,
  }
}

/** The same-origin policy's answer to a page's script. Rejects where it is another origin's and does not allow this page to read it (Fetch 4.10, CORS check, without a preflight). */
export function mayRead(response: ResponseHead, page: string): void {
  const { origin } = new URL(page)
  if (new URL(response.url).origin === origin) return
  const allowed = headerOf(response, 'access-control-allow-origin')
  if (allowed !== '*' && allowed !== origin) throw new Error(`${response.url} does not allow ${origin} to read it (CORS)`)
}
