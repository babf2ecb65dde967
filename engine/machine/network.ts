/** The loopback network of one machine: its ports and the names of its Unix sockets. */
import type { Mailbox } from './datagram-socket.ts'
import type { Ino } from './file-system.ts'
import type { Backlog } from './backlog.ts'
import { createPorts, type Ports } from './ports.ts'
import type { Socket } from './socket.ts'

export interface Network {
  readonly tcp: Ports<Backlog>
  readonly udp: Ports<Mailbox>
  /** By inode or abstract name. */
  readonly unixSockets: Map<Ino | string, Socket>
  /** The next number for `socket:[N]`. */
  nextNumber(): number
}

export function createNetwork(now: () => number): Network {
  let numbers = 0
  return { tcp: createPorts(now), udp: createPorts(now), unixSockets: new Map(), nextNumber: () => ++numbers }
}
