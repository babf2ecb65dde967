/** Pipes and FIFOs (pipe(7)): 64 KiB of capacity, writes of up to PIPE_BUF bytes are never split. */
import { again } from './block.ts'
import { createByteQueue } from './byte-queue.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import type { Stat } from './stat.ts'
import { O_ACCMODE, O_RDONLY, O_RDWR, O_WRONLY, POLLERR, POLLHUP, POLLIN, POLLOUT } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

export const pipeCapacity = 65536
export const PIPE_BUF = 4096

export interface Pipe {
  readonly readers: number
  readonly writers: number
  /** Woken when an end is opened: a FIFO's `open` waits for the other side. */
  readonly opened: WaitQueue
  open(path: string, flags: number): OpenFile
}

/** `onUnused` hears of the last end's closing. */
export function createPipe(stat: () => Stat, onUnused?: () => void): Pipe {
  const held = createByteQueue()
  let readers = 0
  let writers = 0
  const input = createWaitQueue()
  const output = createWaitQueue()
  const opened = createWaitQueue()

  const take = (length: number): Uint8Array => {
    const bytes = held.take(length)
    // Not for every byte: a writer would follow in as small steps. On Linux, too, room comes in pages.
    if (pipeCapacity - held.size >= PIPE_BUF) output.wake()
    return bytes
  }

  const open = (path: string, flags: number): OpenFile => {
    const mode = flags & O_ACCMODE
    const reads = mode === O_RDONLY || mode === O_RDWR
    const writes = mode === O_WRONLY || mode === O_RDWR
    if (reads) readers++
    if (writes) writers++
    opened.wake()
    return createOpenFile(path, flags, {
      stat,
      input,
      output,
      read(length) {
        if (length === 0 || held.size > 0) return take(length)
        return writers === 0 ? new Uint8Array() : again
      },
      write(bytes) {
        if (readers === 0) throw new SystemError('EPIPE')
        const room = pipeCapacity - held.size
        if (room === 0 || (bytes.length <= PIPE_BUF && bytes.length > room)) return again
        const part = bytes.subarray(0, room)
        held.push(part)
        input.wake()
        return part.length
      },
      reopen: (nextFlags) => open(path, nextFlags),
      ready() {
        let events = 0
        if (reads && held.size > 0) events |= POLLIN
        if (reads && writers === 0) events |= POLLHUP
        if (writes && pipeCapacity - held.size >= PIPE_BUF) events |= POLLOUT
        if (writes && readers === 0) events |= POLLERR
        return events
      },
      available: () => held.size,
      close() {
        if (reads) readers--
        if (writes) writers--
        // Both sides look again: end of file for the one, EPIPE for the other.
        input.wake()
        output.wake()
        if (readers + writers === 0) onUnused?.()
      },
    })
  }

  return {
    opened,
    open,
    get readers() {
      return readers
    },
    get writers() {
      return writers
    },
  }
}
