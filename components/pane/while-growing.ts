/** Milliseconds: what is whole by then is drawn once. */
const PAUSE = 400
/** Of the time, so much at most is spent on drawing what will be drawn again. */
const SHARE = 1 / 5

/** Has what is still on its way drawn again and again, until `whole` settles or `signal` aborts. */
export async function whileGrowing(whole: Promise<unknown>, signal: AbortSignal, draw: () => Promise<void>): Promise<void> {
  let over = false
  const ended = new Promise<void>(resolve => {
    const end = () => {
      over = true
      resolve()
    }
    whole.then(end, end)
    signal.addEventListener('abort', end)
  })
  for (let pause = PAUSE; ;) {
    await Promise.race([ended, new Promise(resolve => setTimeout(resolve, pause))])
    if (over) return
    const began = performance.now()
    await draw()
    pause = Math.max(PAUSE, (performance.now() - began) / SHARE)
  }
}
