/**
 * What runs inside a process: one program from its start to its end. `exec` gives a process another image under the same pid, so what
 * belongs to the running code (its sleeping calls, its signal handlers) is here, not in the process.
 */
import type { Sleeper } from './wait-queue.ts'

/** A system call that waits. */
export interface SleepingCall extends Sleeper {
  /** A handled signal came: end with EINTR, or with what was done so far. */
  interrupt(): void
  /** The program is gone. */
  kill(): void
  /** The process stopped: be deaf until `resume`. */
  suspend(): void
  resume(): void
}

export interface Image {
  readonly dead: boolean
  readonly sleeping: Set<SleepingCall>
  /** True while the process is stopped. */
  readonly stopped: boolean
  /** A handled signal has been told to the program and has not reached its code: it must not begin to wait. */
  readonly signalled: boolean
  /** Milliseconds of processor time: 0 of a command, which shares the kernel's thread. */
  used(): number
  stop(): void
  resume(): void
  /** A signal that the program handles: told to it, and its sleeping calls are interrupted. */
  signal(signal: number): void
  /** The program's code must not run on: its calls are refused from now on. */
  kill(): void
}

/**
 * `tell` runs a command's handlers or tells a foreign program; `terminate` stops a foreign program, and `signalled` asks it. A command's
 * handlers have run when `tell` returns.
 */
export function createImage(
  tell: (signal: number) => void, terminate: () => void, signalled: () => boolean = () => false, used: () => number = () => 0,
): Image {
  let dead = false
  let stopped = false
  const sleeping = new Set<SleepingCall>()
  return {
    sleeping,
    get dead() {
      return dead
    },
    get stopped() {
      return stopped
    },
    get signalled() {
      return signalled()
    },
    used,
    stop() {
      stopped = true
      for (const call of [...sleeping]) call.suspend()
    },
    resume() {
      stopped = false
      for (const call of [...sleeping]) call.resume()
    },
    signal(signal) {
      tell(signal)
      for (const call of [...sleeping]) call.interrupt()
    },
    kill() {
      if (dead) return
      dead = true
      for (const call of [...sleeping]) call.kill()
      terminate()
    },
  }
}
