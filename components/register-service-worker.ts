/**
 * On a static build: registers the deck's service worker, which brings the isolation headers and keeps the deck for offline use.
 * Where the host sends no such headers, the first visit reloads once, under the worker.
 */
export function registerServiceWorker(base: string) {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const once = 'isolation-reload'
  if (crossOriginIsolated) sessionStorage.removeItem(once)
  else serviceWorker.addEventListener('controllerchange', () => {
    if (sessionStorage.getItem(once)) return
    sessionStorage.setItem(once, 'done')
    location.reload()
  })
  void serviceWorker.register(`${base}sw.js`).then(async () => {
    const { active } = await serviceWorker.ready
    const keepAll = () => active?.postMessage('keep-all')
    // The first slides and the first Python start come before what may be wanted later.
    // Not every browser has the idle callback (Safari), and a bare name would throw there.
    setTimeout(() => 'requestIdleCallback' in globalThis ? requestIdleCallback(keepAll) : keepAll(), 10_000)
  })
}
