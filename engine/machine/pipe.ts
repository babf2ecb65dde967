/** Pipes and FIFOs (pipe(7)): 64 KiB of capacity unless it is changed, writes of up to PIPE_BUF bytes are never split. */
import { again } from './block.ts'
import { createByteQueue } from './byte-queue.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import type { Stat } from './stat.ts'
import { O_ACCMODE, O_RDONLY, O_RDWR, O_WRONLY, POLLERR, POLLHUP, POLLIN, POLLOUT } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

export const pipeCapacity = 65536
export const PIPE_BUF = 4096
const PAGE = 4096
/** Linux's usual /proc/sys/fs/pipe-max-size. */
export const mostCapacity = 1 << 20

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
  let capacity = pipeCapacity
  let readers = 0
  let writers = 0
  const input = createWaitQueue()
  const output = createWaitQueue()
  const opened = createWaitQueue()

  const take = (length: number): Uint8Array => {
    const bytes = held.take(length)
    // Not for every byte: a writer would follow in as small steps. On Linux, too, room comes in pages.
    if (capacity - held.size >= PIPE_BUF) output.wake()
    return bytes
  }

  /** A whole number of pages, a power of two of them (round_pipe_size of Linux's fs/pipe.c). */
  const resize = (size: number): number => {
    if (!(size >= 0 && size <= 2 ** 31)) throw new SystemError('EINVAL')
    const rounded = 2 ** Math.ceil(Math.log2(Math.max(size, PAGE)))
    if (rounded > mostCapacity) throw new SystemError('EPERM')
    if (rounded < held.size) throw new SystemError('EBUSY')
    capacity = rounded
    output.wake()
    return capacity
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
        const room = capacity - held.size
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
        if (writes && capacity - held.size >= PIPE_BUF) events |= POLLOUT
        if (writes && readers === 0) events |= POLLERR
        return events
      },
      available: () => held.size,
      capacity: size => size === undefined ? capacity : resize(size),
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
