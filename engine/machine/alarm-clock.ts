import { longestTimer } from './block.ts'
import type { AlarmClock } from './task.ts'


/** The timer behind `alarm` (setitimer(2), ITIMER_REAL). */
export function createAlarmClock(ring: () => void): AlarmClock {
  let timer: ReturnType<typeof setTimeout> | undefined
  let rings = 0

  const arm = (interval: number) => {
    timer = setTimeout(() => {
      // Timers may fire a fraction early.
      if (performance.now() < rings) return arm(interval)
      timer = undefined
      // Again first: the signal may end the process, and that cancels it.
      if (interval > 0) start(interval, interval)
      ring()
    }, Math.min(Math.max(0, Math.ceil(rings - performance.now())), longestTimer))
  }
  const start = (milliseconds: number, interval: number) => {
    rings = performance.now() + milliseconds
    arm(interval)
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
