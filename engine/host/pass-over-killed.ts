import { Killed } from '../machine/killed.ts'

/**
 * For `unhandledrejection`: a call that its program did not await, and that ended because the program is gone, is no failure. Everything
 * else stays as loud as it is.
 */
export function passOverKilled(event: Pick<PromiseRejectionEvent, 'reason' | 'preventDefault'>): void {
  if (event.reason instanceof Killed) event.preventDefault()
}
