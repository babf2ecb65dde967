/** System calls on sockets. */
import { again, block } from './block.ts'
import { createConnection, endParts } from './connection.ts'
import { createDatagramSocket } from './datagram-socket.ts'
import type { Image } from './image.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile } from './open-file.ts'
import { listSockets } from './list-sockets.ts'
import type { SocketFile } from './socket-file.ts'
import { unnamed } from './socket-address.ts'
import {
  AF_INET, AF_UNIX, IPPROTO_TCP, IPPROTO_UDP, MSG_DONTWAIT, MSG_ERRQUEUE, MSG_NOSIGNAL, MSG_OOB, MSG_PEEK, MSG_WAITALL, SO_ACCEPTCONN, SO_DOMAIN,
  SO_ERROR, SO_PROTOCOL, SO_TYPE, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_NONBLOCK, SOCK_STREAM, SOL_SOCKET,
} from './socket-numbers.ts'
import { createSocketOptions } from './socket-options.ts'
import { createStreamSocket } from './stream-socket.ts'
import { O_NONBLOCK, type SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { writeBytes } from './write-bytes.ts'

type SocketCalls = Pick<
  SystemCalls,
  | 'socket' | 'socketpair' | 'bind' | 'listen' | 'accept' | 'connect' | 'getsockname' | 'getpeername' | 'send' | 'receive' | 'shutdown'
  | 'getsockopt' | 'setsockopt' | 'resolve' | 'sockets'
>

const typeBits = 0xf

export function socketCalls(kernel: Kernel, task: Task, image: Image): SocketCalls {
  const { descriptors } = task
  const socketFile = (fd: number): SocketFile => {
    const { file } = descriptors.get(fd)
    if (!file.socket) throw new SystemError('ENOTSOCK')
    return file as SocketFile
  }
  const socketOf = (fd: number) => socketFile(fd).socket
  const add = (file: OpenFile, flags: number) => descriptors.add(file, (flags & SOCK_CLOEXEC) !== 0)
  const status = (flags: number) => (flags & SOCK_NONBLOCK ? O_NONBLOCK : 0)

  /** Throws EINVAL, EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT as socket(2) does. */
  const kindOf = (domain: number, type: number, protocol: number) => {
    const kind = type & typeBits
    if (type & ~(typeBits | SOCK_CLOEXEC | SOCK_NONBLOCK)) throw new SystemError('EINVAL')
    if (domain !== AF_INET && domain !== AF_UNIX) throw new SystemError('EAFNOSUPPORT')
    if (kind !== SOCK_STREAM && kind !== SOCK_DGRAM) throw new SystemError('ESOCKTNOSUPPORT')
    const own = domain === AF_UNIX ? 0 : kind === SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP
    // Of a Unix socket PF_UNIX is a protocol, too.
    if (protocol !== 0 && protocol !== own && !(domain === AF_UNIX && protocol === AF_UNIX)) throw new SystemError('EPROTONOSUPPORT')
    return kind
  }

  return {
    socket(domain, type, protocol = 0) {
      const kind = kindOf(domain, type, protocol)
      return add((kind === SOCK_STREAM ? createStreamSocket : createDatagramSocket)(kernel, domain, status(type)), type)
    },
    socketpair(domain, type, protocol = 0) {
      const kind = kindOf(domain, type, protocol)
      if (domain !== AF_UNIX) throw new SystemError('EOPNOTSUPP')
      const pair = kind === SOCK_STREAM ? streamPair(kernel, status(type)) : datagramPair(kernel, status(type))
      const first = add(pair[0], type)
      try {
        return [first, add(pair[1], type)]
      } catch (error) {
        descriptors.close(first)
        throw error
      }
    },
    bind: (fd, address) => socketOf(fd).bind(address, task),
    listen: (fd, backlog) => socketOf(fd).listen(backlog, task),
    accept(fd, flags = 0) {
      const listening = socketFile(fd)
      if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) throw new SystemError('EINVAL')
      const attempt = () => {
        const taken = listening.socket.accept()
        if (taken === again) {
          if (listening.flags & O_NONBLOCK) throw new SystemError('EAGAIN')
          return again
        }
        taken.file.flags |= status(flags)
        return { fd: add(taken.file, flags), address: taken.peer }
      }
      return block(image, attempt, { queues: [listening.input] })
    },
    connect(fd, address) {
      const file = socketFile(fd)
      return block<void>(image, () => file.socket.connect(address, task, !(file.flags & O_NONBLOCK)), { queues: [file.output] })
    },
    getsockname: (fd) => socketOf(fd).local,
    getpeername(fd) {
      const { peer } = socketOf(fd)
      if (!peer) throw new SystemError('ENOTCONN')
      return peer
    },
    send(fd, bytes, flags = 0, to) {
      const file = socketFile(fd)
      if (flags & MSG_OOB) throw new SystemError('EOPNOTSUPP')
      return writeBytes(kernel, task, image, file, bytes, {
        put: (part) => file.socket.send(part, task, to),
        dontWait: (flags & MSG_DONTWAIT) !== 0,
        noSignal: (flags & MSG_NOSIGNAL) !== 0,
        empty: file.socket.type === SOCK_DGRAM,
      })
    },
    receive(fd, length, flags = 0) {
      const file = socketFile(fd)
      if (flags & MSG_OOB) throw new SystemError('EINVAL')
      if (!(Number.isInteger(length) && length >= 0)) throw new SystemError('EINVAL')
      if (flags & MSG_ERRQUEUE) return reasonOf(file)
      const peek = (flags & MSG_PEEK) !== 0
      const waits = !(flags & MSG_DONTWAIT) && !(file.flags & O_NONBLOCK)
      const all = (flags & MSG_WAITALL) !== 0 && waits && !peek && file.socket.type === SOCK_STREAM
      let soFar: Uint8Array = new Uint8Array()
      const attempt = () => {
        for (;;) {
          const received = file.socket.receive(length - soFar.length, peek)
          if (received === again) {
            if (waits) return again
            throw new SystemError('EAGAIN')
          }
          if (!all) return received
          const { bytes } = received
          soFar = joinBytes([soFar, bytes])
          if (bytes.length === 0 || soFar.length === length) return { bytes: soFar, size: soFar.length }
        }
      }
      const interrupted = () => (soFar.length > 0 ? { bytes: soFar, size: soFar.length } : undefined)
      return block(image, attempt, { queues: [file.input], interrupted })
    },
    shutdown: (fd, how) => socketOf(fd).shutdown(how),
    getsockopt(fd, level, name) {
      const socket = socketOf(fd)
      if (level !== SOL_SOCKET) return socket.options.get(level, name)
      if (name === SO_ERROR) return [socket.takeError()]
      if (name === SO_TYPE) return [socket.type]
      if (name === SO_DOMAIN) return [socket.family]
      if (name === SO_PROTOCOL) return [socket.protocol]
      if (name === SO_ACCEPTCONN) return [socket.state === 'LISTEN' ? 1 : 0]
      return socket.options.get(level, name)
    },
    setsockopt: (fd, level, name, values) => socketOf(fd).options.set(level, name, values),
    resolve(name) {
      const address = kernel.outside?.addressOf(name)
      if (address === undefined) throw new SystemError('ENOENT')
      return address
    },
    sockets: () => listSockets(kernel),
  }
}

/** recv(2): EAGAIN where there is none. */
function reasonOf({ socket }: SocketFile) {
  if (socket.reason === undefined) throw new SystemError('EAGAIN')
  const bytes = new TextEncoder().encode(socket.reason)
  return { bytes, size: bytes.length }
}

function streamPair(kernel: Kernel, flags: number): [OpenFile, OpenFile] {
  const make = () => createSocketOptions()
  const options = [make(), make()] as const
  const ends = createConnection('unix', endParts(options[0].receiveBuffer), endParts(options[1].receiveBuffer))
  const [a, b] = ends.map((end, index) =>
    createStreamSocket(kernel, AF_UNIX, flags, { end, local: unnamed, peer: unnamed, options: options[index]!, binding: undefined }))
  return [a!, b!]
}

function datagramPair(kernel: Kernel, flags: number): [OpenFile, OpenFile] {
  const [a, b] = [createDatagramSocket(kernel, AF_UNIX, flags), createDatagramSocket(kernel, AF_UNIX, flags)]
  a.pairWith(b.mailbox)
  b.pairWith(a.mailbox)
  return [a, b]
}
