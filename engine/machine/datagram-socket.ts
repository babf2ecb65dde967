/** Datagram sockets: UDP over the loopback network (udp(7)), and Unix ones. Between Unix sockets nothing is lost, the sender waits. */
import { again, type Again } from './block.ts'
import { errnoTable } from './errno.ts'
import type { Kernel } from './kernel.ts'
import type { Binding } from './ports.ts'
import type { Received, Socket } from './socket.ts'
import {
  anyHost, asInternet, asUnix, internet, isLocal, loopbackHost, unnamed, type InternetAddress, type SocketAddress,
} from './socket-address.ts'
import { createSocketFile, type SocketFile } from './socket-file.ts'
import { AF_INET, AF_UNIX, IPPROTO_UDP, SHUT_RD, SHUT_RDWR, SHUT_WR, SOCK_DGRAM } from './socket-numbers.ts'
import { createSocketOptions } from './socket-options.ts'
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDHUP } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { findNamed, nameSocket } from './unix-names.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

/** Where datagrams arrive. */
export interface Mailbox {
  readonly room: WaitQueue
  /** `lost`: there was no room, and nobody will hear of it. */
  deliver(bytes: Uint8Array, from: SocketAddress): 'taken' | 'full' | 'unwanted'
}

interface DatagramSocket extends Socket {
  readonly mailbox: Mailbox
}

export interface DatagramFile extends SocketFile {
  readonly mailbox: Mailbox
  /** Makes it one of a pair that have no names (socketpair). */
  pairWith(other: Mailbox): void
}

const isSame = (a: InternetAddress, b: SocketAddress) => b.family === AF_INET && a.host === b.host && a.port === b.port

/** What IPv4 leaves of 64 KiB; Unix datagrams are bounded by the send buffer (net.core.wmem_default). */
const largest: Record<number, number> = { [AF_INET]: 65507, [AF_UNIX]: 212960 }
/** net.unix.max_dgram_qlen. */
const unixQueue = 10

export function createDatagramSocket(kernel: Kernel, family: number, flags: number): DatagramFile {
  const { udp } = kernel.network
  const options = createSocketOptions()
  const waiting: { bytes: Uint8Array; from: SocketAddress }[] = []
  const [input, output, room] = [createWaitQueue(), createWaitQueue(), createWaitQueue()]
  let size = 0
  let binding: Binding<Mailbox> | undefined
  let forgetName: (() => void) | undefined
  let local: SocketAddress = family === AF_INET ? internet(anyHost, 0) : unnamed
  let peer: SocketAddress | undefined
  /** Of a connected Unix socket, which reaches its peer whatever becomes of the name. */
  let direct: Mailbox | undefined
  let readShut = false
  let writeShut = false
  let refused = false
  let closed = false

  const mailbox: Mailbox = {
    room,
    deliver(bytes, from) {
      const known = !peer || direct || (peer.family === AF_INET && isSame(peer, from))
      if (closed || !known || (readShut && family === AF_UNIX)) return 'unwanted'
      if (family === AF_INET ? size + bytes.length > options.receiveBuffer : waiting.length > unixQueue) return 'full'
      waiting.push({ bytes: bytes.slice(), from })
      size += bytes.length
      input.wake()
      return 'taken'
    },
  }
  const bindTo = (host: string, port: number, by: Task) => {
    binding = udp.bind(host, port, options, by.cred.uid)
    binding.service = mailbox
    local = internet(host, binding.port)
  }
  const target = (address: SocketAddress): SocketAddress => {
    if (family === AF_UNIX) return asUnix(address)
    const { host, port } = asInternet(address)
    if (!isLocal(host)) throw new SystemError('ENETUNREACH')
    return internet(host === anyHost ? loopbackHost : host, port)
  }
  const mailboxAt = (address: SocketAddress, by: Task): Mailbox | undefined => {
    if (address.family === AF_INET) return udp.find(address.host, address.port)
    const found = findNamed(kernel, by, address.path) as Socket & Partial<DatagramSocket>
    if (!found.mailbox) throw new SystemError('EPROTOTYPE')
    return found.mailbox
  }
  const takeRefusal = () => {
    if (!refused) return
    refused = false
    throw new SystemError('ECONNREFUSED')
  }
  const from = (to: SocketAddress): SocketAddress =>
    local.family === AF_INET && local.host === anyHost && to.family === AF_INET ? internet(loopbackHost, local.port) : local

  const socket: DatagramSocket = {
    family,
    type: SOCK_DGRAM,
    protocol: family === AF_INET ? IPPROTO_UDP : 0,
    options,
    mailbox,
    get state() {
      return peer || direct ? 'ESTAB' : 'UNCONN'
    },
    get queued() {
      return { received: size, sent: 0 }
    },
    get local() {
      return local
    },
    get peer() {
      return peer
    },
    bind(address, by) {
      if (binding || forgetName) throw new SystemError('EINVAL')
      if (family === AF_UNIX) {
        forgetName = nameSocket(kernel, by, asUnix(address).path, socket)
        local = address
        return
      }
      const { host, port } = asInternet(address)
      if (!isLocal(host)) throw new SystemError('EADDRNOTAVAIL')
      bindTo(host, port, by)
    },
    connect(address, by) {
      const to = target(address)
      if (family === AF_UNIX) direct = mailboxAt(to, by)
      else {
        if (!binding) bindTo(anyHost, 0, by)
        local = from(to)
      }
      peer = to
    },
    listen() {
      throw new SystemError('EOPNOTSUPP')
    },
    accept() {
      throw new SystemError('EOPNOTSUPP')
    },
    receive(length, peek): Received | Again {
      takeRefusal()
      const first = waiting[0]
      if (!first) return readShut ? { bytes: new Uint8Array(), size: 0 } : again
      if (!peek) {
        waiting.shift()
        size -= first.bytes.length
        room.wake()
      }
      return { bytes: first.bytes.subarray(0, length), size: first.bytes.length, from: first.from }
    },
    send(bytes, by, to) {
      takeRefusal()
      if (writeShut) throw new SystemError('EPIPE')
      if (!to && !peer && !direct) throw new SystemError(family === AF_INET ? 'EDESTADDRREQ' : 'ENOTCONN')
      if (bytes.length > largest[family]!) throw new SystemError('EMSGSIZE')
      const address = to ? target(to) : peer ?? unnamed
      const there = !to && direct ? direct : mailboxAt(address, by)
      if (family === AF_INET && !binding) bindTo(anyHost, 0, by)
      const result = there?.deliver(bytes, from(address)) ?? 'unwanted'
      if (result === 'full' && family === AF_UNIX) {
        waitForRoom(there!)
        return again
      }
      if (result === 'unwanted' && family === AF_UNIX) throw new SystemError('ECONNREFUSED')
      // The port's answer (ICMP) reaches those who have only one correspondent.
      if (result === 'unwanted' && peer) {
        refused = true
        input.wake()
      }
      return bytes.length
    },
    shutdown(how) {
      if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR) throw new SystemError('EINVAL')
      if (how !== SHUT_WR) readShut = true
      if (how !== SHUT_RD) writeShut = true
      input.wake()
      // Shut all the same (inet_shutdown of Linux).
      if (!peer && !direct) throw new SystemError('ENOTCONN')
    },
    takeError() {
      const error = refused ? errnoTable.ECONNREFUSED[0] : 0
      refused = false
      return error
    },
  }
  const waitForRoom = ({ room: elsewhere }: Mailbox) => {
    const sleeper = {
      wake() {
        elsewhere.delete(sleeper)
        output.wake()
      },
    }
    elsewhere.add(sleeper)
  }

  const file = createSocketFile(kernel, socket, flags, {
    input,
    output,
    ready() {
      const over = readShut && writeShut
      const readable = waiting.length > 0 || readShut
      return POLLOUT | (readable ? POLLIN : 0) | (refused ? POLLERR : 0) | (readShut ? POLLRDHUP : 0) | (over ? POLLHUP : 0)
    },
    available: () => waiting[0]?.bytes.length ?? 0,
    close() {
      closed = true
      if (binding) udp.release(binding)
      forgetName?.()
      room.wake()
    },
  })
  return Object.assign(file, {
    mailbox,
    pairWith(other: Mailbox) {
      direct = other
    },
  })
}
