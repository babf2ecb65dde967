/** A socket, as system calls use it. Its open file description is made with it: reads and writes are `receive` and `send` without flags. */
import type { Again } from './block.ts'
import type { OpenFile } from './open-file.ts'
import type { SocketAddress } from './socket-address.ts'
import type { SocketOptions } from './socket-options.ts'
import type { SocketState } from './system-calls.ts'
import type { Task } from './task.ts'

export interface Received {
  bytes: Uint8Array
  /** How long the datagram was, where it was longer than asked for. */
  size: number
  /** Of a datagram. */
  from?: SocketAddress
}

/** What a kind of socket does not have fails with EOPNOTSUPP. Nothing here waits: what must answers `again`. */
export interface Socket {
  readonly family: number
  readonly type: number
  readonly protocol: number
  readonly options: SocketOptions
  readonly state: SocketState
  /** ss's Recv-Q and Send-Q: bytes, or of a listening socket connections. */
  readonly queued: { received: number; sent: number }
  bind(address: SocketAddress, by: Task): void
  /** `local` where it has an address; ENOTCONN where there is no peer. */
  readonly local: SocketAddress
  readonly peer: SocketAddress | undefined
  /** `wait` false: EINPROGRESS instead of `again`. */
  connect(address: SocketAddress, by: Task, wait: boolean): void | Again
  listen(backlog: number, by: Task): void
  accept(): { file: OpenFile; peer: SocketAddress } | Again
  receive(length: number, peek: boolean): Received | Again
  send(bytes: Uint8Array, by: Task, to?: SocketAddress): number | Again
  shutdown(how: number): void
  /** SO_ERROR: what went wrong meanwhile, told once; 0 for nothing. */
  takeError(): number
  /** Why the other end reset the connection, in words, where it said so. */
  readonly reason?: string | undefined
}
