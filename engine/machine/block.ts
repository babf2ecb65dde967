import type { Image, SleepingCall } from './image.ts'
import { Killed } from './killed.ts'
import type { Result } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { WaitQueue } from './wait-queue.ts'

/** What an attempt answers when it must wait. */
export const again = Symbol('again')
export type Again = typeof again

export interface BlockOptions<T> {
  queues: (WaitQueue | undefined)[]
  /** Milliseconds, with the answer to give when they are over. */
  limit?: { milliseconds: number; answer: () => T }
  /** What a call that a signal interrupts answers instead of EINTR: a write that was partly done. */
  interrupted?: () => T | undefined
}

/** setTimeout's longest wait; longer ones are made of several. */
export const longestTimer = 2 ** 31 - 1

/**
 * The one way to wait in the kernel: tries at once (and then answers without a promise), or sleeps on the queues and tries again
 * each time one wakes, until it succeeds, fails, its time is over, a handled signal comes or its program is gone.
 */
export function block<T>(image: Image, attempt: () => T | Again, options: BlockOptions<T>): Result<T> {
  const first = attempt()
  if (image.dead) throw new Killed()
  if (first !== again) return first
  if (image.signalled && !image.stopped) {
    const soFar = options.interrupted?.()
    if (soFar === undefined) throw new SystemError('EINTR')
    return soFar
  }
  const answer = sleep(image, attempt, options)
  // A program may be gone without anyone awaiting this: that is no unhandled rejection.
  answer.catch(() => {})
  return answer
}

function sleep<T>(image: Image, attempt: () => T | Again, { queues, limit, interrupted }: BlockOptions<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let done = false
    let queued = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ends = limit ? performance.now() + limit.milliseconds : Infinity

    const finish = (settle: () => void) => {
      done = true
      clearTimeout(timer)
      image.sleeping.delete(call)
      leave()
      settle()
    }
    const leave = () => queues.forEach((queue) => queue?.delete(call))
    const tryAgain = () => {
      if (done || image.stopped) return
      let value: T | Again
      try {
        value = attempt()
      } catch (error) {
        return finish(() => reject(error))
      }
      // The attempt itself may have ended the program (SIGPIPE).
      if (done) return
      if (value !== again) finish(() => resolve(value as T))
      else if (limit && performance.now() >= ends) finish(() => resolve(limit.answer()))
    }
    const startTimer = () => {
      if (!limit || limit.milliseconds === Infinity) return
      const left = Math.max(0, ends - performance.now())
      timer = setTimeout(() => {
        if (done) return
        // Timers may fire a fraction early.
        if (performance.now() < ends) startTimer()
        else tryAgain()
      }, Math.min(Math.ceil(left), longestTimer))
    }
    const call: SleepingCall = {
      wake() {
        if (queued || done || image.stopped) return
        queued = true
        queueMicrotask(() => {
          queued = false
          tryAgain()
        })
      },
      interrupt() {
        tryAgain()
        if (done || image.stopped) return
        const soFar = interrupted?.()
        finish(() => (soFar === undefined ? reject(new SystemError('EINTR')) : resolve(soFar)))
      },
      kill() {
        if (!done) finish(() => reject(new Killed()))
      },
      suspend: leave,
      resume() {
        queues.forEach((queue) => queue?.add(call))
        call.wake()
      },
    }
    image.sleeping.add(call)
    if (!image.stopped) queues.forEach((queue) => queue?.add(call))
    startTimer()
  })
}
