/**
 * The deck's service worker, on static builds only. It gives two things that a plain static host does not:
 * the isolation headers (SharedArrayBuffer needs COOP and COEP), and the whole deck offline after one visit.
 * `write-service-worker.ts` fills in what stands in capitals. One file without a library: the known ones do either task, not both.
 */
declare const VERSION: string
declare const FILES: string[]

const worker = self as unknown as ServiceWorkerGlobalScope
const cacheName = `pex-pectations-${VERSION}`
const scope = new URL(worker.registration.scope)

worker.addEventListener('install', () => void worker.skipWaiting())

worker.addEventListener('activate', event => event.waitUntil((async () => {
  await worker.clients.claim()
  for (const name of await caches.keys())
    if (name.startsWith('pex-pectations-') && name !== cacheName) await caches.delete(name)
})()))

/** The page asks for the rest when it has nothing better to do, and hears when all is here. */
worker.addEventListener('message', event => {
  if (event.data !== 'keep-all') return
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName)
    for (const file of FILES) {
      const url = new URL(file, scope).href
      if (!(await cache.match(url))) await cache.add(new Request(url, { cache: 'no-cache' }))
    }
    event.source?.postMessage('kept-all')
  })())
})

worker.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return
  event.respondWith(answer(request, url))
})

async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(cacheName)
  url.search = ''
  url.hash = ''
  const kept = await cache.match(url.href)
  if (kept) return isolated(kept)
  const response = await fetch(request)
  if (response.status === 200) void cache.put(url.href, response.clone())
  return isolated(response)
}

function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.status === 0) return response
  const headers = new Headers(response.headers)
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
