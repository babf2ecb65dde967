/**
 * A connection of two stream sockets, TCP (RFC 9293, as Linux's loopback behaves) or Unix (unix(7)). There is no wire between them: what
 * one end does is seen by the other at once. Segments that would be answered by a reset are: data for an end that is closed, an end that
 * is closed with data unread.
 */
import { again, type Again } from './block.ts'
import { createByteQueue, type ByteQueue } from './byte-queue.ts'
import type { ErrnoName } from './errno.ts'
import { SHUT_RD, SHUT_RDWR, SHUT_WR } from './socket-numbers.ts'
import { SystemError } from './system-error.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

/** One end. Its socket changes it only through the functions below. */
export interface End {
  readonly kind: 'tcp' | 'unix'
  readonly incoming: ByteQueue
  /** How many bytes it holds for its reader. */
  capacity: number
  readonly input: WaitQueue
  readonly output: WaitQueue
  readonly other: End
  /** Nobody holds it any more. */
  closed: boolean
  /** The other end has said that it sends no more. */
  finished: boolean
  readShut: boolean
  writeShut: boolean
  /** It said so before the other end did: its port will wait. */
  finishedFirst: boolean
  /** A reset came; its error is told once. */
  reset: boolean
  error: ErrnoName | undefined
  /** Why the other end reset it, in words, where it said so. */
  reason: string | undefined
  /** Told when both have finished, or the connection was reset. */
  onOver: ((reset: boolean) => void) | undefined
}

/** What a socket brings along: its queues, which others may be waiting on. */
export type EndParts = Pick<End, 'capacity' | 'input' | 'output'>

export const endParts = (capacity: number): EndParts => ({ capacity, input: createWaitQueue(), output: createWaitQueue() })

export function createConnection(kind: End['kind'], near: EndParts, far: EndParts): [End, End] {
  const make = (parts: EndParts) => ({
    ...parts, kind, incoming: createByteQueue(), closed: false, finished: false, readShut: false, writeShut: false, finishedFirst: false,
    reset: false, error: undefined, reason: undefined, onOver: undefined,
  })
  const a = make(near) as Mutable<End>
  const b = make(far) as Mutable<End>
  a.other = b
  b.other = a
  return [a, b]
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] }

const wake = (end: End) => {
  end.input.wake()
  end.output.wake()
}

function takeReset(end: End, error: ErrnoName | undefined) {
  end.reset = true
  end.error = error
  wake(end)
  end.onOver?.(true)
  end.other.onOver?.(true)
}

function finish(end: End) {
  if (end.writeShut) return
  end.writeShut = true
  end.finishedFirst = !end.finished
  const { other } = end
  other.finished = true
  wake(other)
  wake(end)
  if (!other.writeShut) return
  other.onOver?.(false)
  end.onOver?.(false)
}

export const takeError = (end: End): ErrnoName | undefined => {
  const { error } = end
  end.error = undefined
  return error
}

export function receiveFrom(end: End, length: number, peek: boolean): Uint8Array | Again {
  const { incoming, other } = end
  if (length === 0) return new Uint8Array()
  if (incoming.size > 0) {
    const bytes = peek ? incoming.peek(length) : incoming.take(length)
    if (!peek && hasRoom(other)) other.output.wake()
    return bytes
  }
  // TCP looks at the end of the stream first, Unix sockets at the error.
  if (end.kind === 'tcp' && end.finished) return new Uint8Array()
  const error = takeError(end)
  if (error) throw new SystemError(error)
  return end.finished || end.reset || end.readShut ? new Uint8Array() : again
}

/** Fails with EPIPE where nobody can read. */
export function sendTo(end: End, bytes: Uint8Array): number | Again {
  const error = end.kind === 'tcp' && takeError(end)
  if (error) throw new SystemError(error)
  if (end.writeShut || end.reset) throw new SystemError('EPIPE')
  const { other } = end
  if (other.closed) {
    if (end.kind === 'unix') throw new SystemError('EPIPE')
    // Sent into the void, and answered by a reset.
    takeReset(end, end.finished ? 'EPIPE' : 'ECONNRESET')
    return bytes.length
  }
  if (end.kind === 'unix' && other.readShut) throw new SystemError('EPIPE')
  const room = other.capacity - other.incoming.size
  if (room <= 0) return again
  const part = bytes.subarray(0, room)
  other.incoming.push(part)
  other.input.wake()
  return part.length
}

/** As much as Linux wants before it says so: a third. */
export const hasRoom = ({ other }: End): boolean => other.closed || (other.capacity - other.incoming.size) * 3 >= other.capacity

export function shutDown(end: End, how: number): void {
  if (how === SHUT_RD || how === SHUT_RDWR) {
    end.readShut = true
    end.input.wake()
    if (end.kind === 'unix') end.other.output.wake()
  }
  if (how === SHUT_WR || how === SHUT_RDWR) finish(end)
}

/** The last descriptor is gone. `abort`: by a reset. */
export function closeEnd(end: End, abort: boolean): void {
  const { other } = end
  end.closed = true
  if (!other.closed && !end.reset && (abort || end.incoming.size > 0)) {
    end.reset = true
    if (end.kind === 'unix') other.finished = true
    takeReset(other, end.kind === 'tcp' && other.finished ? 'EPIPE' : 'ECONNRESET')
  } else if (!end.reset) finish(end)
  end.incoming.clear()
  wake(other)
}
