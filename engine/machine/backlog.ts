/** The connections that wait at a listening socket to be accepted. */
import { again, type Again } from './block.ts'
import { closeEnd, type End } from './connection.ts'
import type { SocketAddress } from './socket-address.ts'
import { SOMAXCONN } from './socket-numbers.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

/** A connection as the listening side will have it. */
export interface Arrival {
  end: End
  local: SocketAddress
  peer: SocketAddress
}

export interface Backlog {
  readonly size: number
  limit: number
  /** Woken by arrivals and when it closes; by room for more of them. */
  readonly arrived: WaitQueue
  readonly room: WaitQueue
  readonly closed: boolean
  /** Why it is closed, in words, where there are any. */
  readonly reason?: string | undefined
  /** False where there is no room. */
  offer(make: () => Arrival): boolean
  take(): Arrival | Again
  /** Those that nobody accepted are reset. */
  close(): void
}

export function createBacklog(asked: number): Backlog {
  const waiting: Arrival[] = []
  const arrived = createWaitQueue()
  const room = createWaitQueue()
  // listen(2) reads it as an unsigned number.
  const within = (asked: number) => (asked < 0 ? SOMAXCONN : Math.min(asked, SOMAXCONN))
  let limit = within(asked)
  let closed = false
  return {
    arrived,
    room,
    get limit() {
      return limit
    },
    set limit(next) {
      limit = within(next)
    },
    get size() {
      return waiting.length
    },
    get closed() {
      return closed
    },
    offer(make) {
      // Linux takes one more than it was told.
      if (waiting.length > limit) return false
      waiting.push(make())
      arrived.wake()
      return true
    },
    take() {
      const arrival = waiting.shift()
      if (!arrival) return again
      room.wake()
      return arrival
    },
    close() {
      closed = true
      for (const { end } of waiting.splice(0)) closeEnd(end, true)
      arrived.wake()
      room.wake()
    },
  }
}
