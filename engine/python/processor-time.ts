/** How long a process has run: the time since its start but for its waits for the kernel. A worker has a thread of its own; browsers tell no more of it. */
export interface ProcessorTime {
  /** The process begins. What it has used is written there at every pause. */
  begin(memory: SharedArrayBuffer): void
  /** A wait begins, or the process ends. */
  pause(): void
  resume(): void
  /** Milliseconds. */
  used(): number
}

export function createProcessorTime(now: () => number = () => performance.now()): ProcessorTime {
  let told: Float64Array = new Float64Array(USED + 1)
  let total = 0
  let since: number | undefined
  const used = () => total + (since === undefined ? 0 : now() - since)
  return {
    used,
    begin(memory) {
      told = new Float64Array(memory)
      since = now()
    },
    pause() {
      told[USED] = total = used()
      since = undefined
    },
    resume() {
      since = now()
    },
  }
}

/** In the signals' memory, in 64-bit words. */
export const USED = 1
