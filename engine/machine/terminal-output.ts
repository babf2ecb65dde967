/** A terminal's output on its way to the outside: bounded, in order, held back by ^S and by an outside that is busy. */
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

/** Bytes that may be under way before writers wait. */
const outputCapacity = 65536

export interface TerminalOutput {
  onOutput: ((bytes: Uint8Array) => void | Promise<void>) | undefined
  /** ^S was typed. */
  readonly stopped: boolean
  setStopped(stopped: boolean): void
  /** Woken when there is room again, and when all was shown. */
  readonly room: WaitQueue
  hasRoom(): boolean
  /** As many of the bytes as there is room for. */
  take(bytes: Uint8Array): Uint8Array
  write(bytes: Uint8Array): void
  /** Nobody waits to echo: it is taken beyond the capacity, and lost far beyond it. */
  echo(bytes: Uint8Array): void
  /** Hands over now what is there. */
  flush(): void
  /** Drops what was not handed over. */
  discard(): void
  readonly empty: boolean
}

export function createTerminalOutput(): TerminalOutput {
  let chunks: Uint8Array[] = []
  let size = 0
  /** Bytes that the outside has not finished with. */
  let underway = 0
  let scheduled = false
  let stopped = false
  let listener: TerminalOutput['onOutput']
  const room = createWaitQueue()

  const takeAll = () => {
    const bytes = new Uint8Array(size)
    let filled = 0
    for (const chunk of chunks) {
      bytes.set(chunk, filled)
      filled += chunk.length
    }
    chunks = []
    size = 0
    return bytes
  }

  const flush = () => {
    scheduled = false
    if (underway > 0 || stopped || size === 0 || !listener) return
    const bytes = takeAll()
    const shown = listener(bytes)
    if (shown) {
      underway = bytes.length
      const next = () => {
        underway = 0
        room.wake()
        flush()
      }
      // An outside that failed to show it has said so itself; writers must not wait for it.
      shown.then(next, next)
    } else room.wake()
  }
  /** Once for all that is written in this microtask. */
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    queueMicrotask(flush)
  }
  const append = (bytes: Uint8Array) => {
    chunks.push(bytes)
    size += bytes.length
    schedule()
  }
  const free = () => outputCapacity - size - underway

  return {
    room,
    flush,
    hasRoom: () => !stopped && free() > 0,
    take: (bytes) => bytes.subarray(0, stopped ? 0 : Math.max(0, free())),
    write: append,
    echo(bytes) {
      if (size < 2 * outputCapacity) append(bytes)
    },
    discard() {
      chunks = []
      size = 0
      room.wake()
    },
    get empty() {
      return size === 0 && underway === 0
    },
    get stopped() {
      return stopped
    },
    setStopped(next) {
      stopped = next
      if (stopped) return
      room.wake()
      schedule()
    },
    get onOutput() {
      return listener
    },
    set onOutput(next) {
      listener = next
      schedule()
    },
  }
}
