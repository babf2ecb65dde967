/** What a shown page's own requests get: the same-origin policy, which the browser cannot hold for an origin that it does not know. */
import { headerOf } from '../../engine/http/http-connection.ts'
import type { HttpClient } from './http-client.ts'
import type { PaneRequest, PaneResponse } from './messages.ts'

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

/** Rejects where the answer is another origin's and does not allow this page to read it (Fetch 4.10, CORS check, without a preflight). */
export async function answerToPage(client: HttpClient, request: PaneRequest, page: string | undefined): Promise<PaneResponse> {
  if (page === undefined) throw new Error('there is no page to answer')
  const { origin } = new URL(page)
  const response = await client.request(request, page)
  if (new URL(response.url).origin !== origin) {
    const allowed = headerOf(response, 'access-control-allow-origin')
    if (allowed !== '*' && allowed !== origin) throw new Error(`${response.url} does not allow ${origin} to read it (CORS)`)
  }
  return response
}
