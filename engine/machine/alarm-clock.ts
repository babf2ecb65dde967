import type { AlarmClock } from './task.ts'

/** setTimeout takes no longer waits: 24.8 days. */
const longestTimer = 2 ** 31 - 1

/** The timer behind `alarm` (setitimer(2), ITIMER_REAL). */
export function createAlarmClock(ring: () => void): AlarmClock {
  let timer: ReturnType<typeof setTimeout> | undefined
  let rings = 0

  const start = (milliseconds: number, interval: number) => {
    rings = performance.now() + milliseconds
    timer = setTimeout(() => {
      timer = undefined
      // Again first: the signal may end the process, and that cancels it.
      if (interval > 0) start(interval, interval)
      ring()
    }, Math.min(milliseconds, longestTimer))
  }
  return {
    set(milliseconds, interval) {
      const left = timer === undefined ? 0 : Math.max(0, rings - performance.now())
      clearTimeout(timer)
      timer = undefined
      if (milliseconds > 0) start(milliseconds, interval)
      return left
    },
  }
}
