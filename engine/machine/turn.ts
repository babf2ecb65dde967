/**
 * The kernel shares its thread with every command and with the messages of the outside (a Ctrl-C, a Python worker's call). Promises
 * alone never let a message in, so work that goes on for longer than a slice gives up its turn: a macrotask, not a microtask.
 */
const slice = 8

let began = performance.now()
let next: Promise<void> | undefined

/** True when the thread has worked for a slice since messages could last come in. */
export const turnIsOver = () => performance.now() - began >= slice

/** Resolves after pending messages were heard. All that ask within one turn share one macrotask. */
export function nextTurn(): Promise<void> {
  next ??= new Promise((resolve) => {
    afterMessages(() => {
      next = undefined
      began = performance.now()
      resolve()
    })
  })
  return next
}

/**
 * setImmediate first: Node handles up to a thousand messages of a port that posts to itself before it looks at anything else.
 * Browsers lack it, and their timers wait 4 ms, so there it is a message.
 */
const afterMessages: (callback: () => void) => void = (() => {
  if (typeof setImmediate === 'function') return (callback: () => void) => void setImmediate(callback)
  if (typeof MessageChannel === 'undefined') return (callback: () => void) => void setTimeout(callback)
  const channel = new MessageChannel()
  const callbacks: (() => void)[] = []
  channel.port1.onmessage = () => callbacks.shift()?.()
  return (callback: () => void) => {
    callbacks.push(callback)
    channel.port2.postMessage(undefined)
  }
})()
