/** Calls that wait for one thing to change: data in a pipe, room in it, a child's end. */
export interface Sleeper {
  /** Look again; it may go on sleeping. */
  wake(): void
}

export interface WaitQueue {
  readonly size: number
  add(sleeper: Sleeper): void
  delete(sleeper: Sleeper): void
  /** Wakes all: each looks for itself whether its wait is over (no lost wake-ups, and the herds here are small). */
  wake(): void
}

/** `onSize` hears of sleepers that come and go. */
export function createWaitQueue(onSize?: () => void): WaitQueue {
  const sleepers = new Set<Sleeper>()
  return {
    get size() {
      return sleepers.size
    },
    add(sleeper) {
      sleepers.add(sleeper)
      onSize?.()
    },
    delete(sleeper) {
      if (sleepers.delete(sleeper)) onSize?.()
    },
    wake() {
      for (const sleeper of [...sleepers]) sleeper.wake()
    },
  }
}
