import type { WayOut } from './bridge-ask.ts'

/** Statuses whose responses have no body, not even an empty one (Fetch 2.2.3). */
const bodyless = new Set([101, 204, 205, 304])

/** `fetch` by way of the wrapper; data: and blob: addresses stay the browser's own. */
export function createFetch({ request: ask }: WayOut, absolute: (url: string) => string, own: typeof fetch): typeof fetch {
  return async (input, init) => {
    const address = absolute(input instanceof Request ? input.url : String(input))
    if (/^(?:data|blob):/i.test(address)) return own(input, init)
    // A request with an address of this document's own kind, so that its body and headers are read as the standard has it.
    const request = new Request(input instanceof Request ? input : address, init)
    const { signal } = request
    signal.throwIfAborted()
    const body = request.body === null && init?.body == null ? undefined : new Uint8Array(await request.arrayBuffer())
    const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const answer = await Promise.race([ask({ url: address, method: request.method, headers: [...request.headers], body }, signal), aborted]).catch((error: unknown) => {
      if (signal.aborted) throw error
      throw new TypeError(`Failed to fetch: ${error instanceof Error ? error.message : String(error)}`)
    })
    const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')
    const { status, statusText, url } = answer
    const response = new Response(bodyless.has(status) ? null : answer.body, { status, statusText, headers })
    Object.defineProperty(response, 'url', { value: url })
    Object.defineProperty(response, 'redirected', { value: url !== address.replace(/#.*/s, '') })
    return response
  }
}
