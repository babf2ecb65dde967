/** A page that paints nothing (it is hidden, or bare) is not waited for long: milliseconds. */
const LATEST = 500

/** Resolves when something of the page is to be seen. */
export function firstPaint(): Promise<unknown> {
  const painted = new Promise<void>(resolve => {
    new PerformanceObserver((entries, observer) => {
      if (!entries.getEntriesByName('first-contentful-paint').length) return
      observer.disconnect()
      resolve()
    }).observe({ type: 'paint', buffered: true })
  })
  return Promise.race([painted, new Promise(resolve => setTimeout(resolve, LATEST))])
}
