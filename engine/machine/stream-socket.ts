/** Stream sockets: TCP over the loopback network (tcp(7)), and Unix ones. What is between two of them is in connection.ts. */
import { createBacklog, type Arrival, type Backlog } from './backlog.ts'
import { again, type Again } from './block.ts'
import { closeEnd, createConnection, endParts, receiveFrom, sendTo, shutDown, takeError, type End } from './connection.ts'
import { errnoTable } from './errno.ts'
import type { Kernel } from './kernel.ts'
import type { Binding } from './ports.ts'
import type { Socket } from './socket.ts'
import { anyHost, asInternet, asUnix, internet, isLocal, loopbackHost, unnamed, type SocketAddress } from './socket-address.ts'
import { createSocketFile, type SocketFile } from './socket-file.ts'
import { AF_INET, AF_UNIX, IPPROTO_TCP, SHUT_RD, SHUT_RDWR, SHUT_WR, SOCK_STREAM } from './socket-numbers.ts'
import { createSocketOptions, type SocketOptions } from './socket-options.ts'
import { streamReadiness, streamState } from './stream-state.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { findNamed, nameSocket } from './unix-names.ts'

/** A Unix socket that listens, found by its name. */
export interface UnixListener extends Socket {
  readonly backlog: Backlog | undefined
}

interface Connected extends Arrival {
  options: SocketOptions
  binding: Binding<Backlog> | undefined
}

/** A new socket, or with `start` one that is connected. */
export function createStreamSocket(kernel: Kernel, family: number, flags: number, start?: Connected): SocketFile {
  const { tcp } = kernel.network
  const options = start?.options ?? createSocketOptions()
  const parts = start?.end ?? endParts(0)
  const { input, output } = parts
  let end: End | undefined = start?.end
  let binding = start?.binding
  let local: SocketAddress = start?.local ?? (family === AF_INET ? internet(anyHost, 0) : unnamed)
  let peer = start?.peer
  let backlog: Backlog | undefined
  let forgetName: (() => void) | undefined
  /** Begun, and the backlog of the other side has no room yet. */
  let connecting: { backlog: Backlog; to: SocketAddress } | undefined
  /** A connection that nobody has been told of (connect without waiting). */
  let announced = start !== undefined
  /** ECONNREFUSED of a connect that did not wait, not told yet; once told to another call than connect, nothing more is to be read. */
  let refused = false
  let failed = false
  let refusal: string | undefined

  const bindTo = (host: string, port: number, by: Task) => {
    binding = tcp.bind(host, port, options, by.cred.uid)
    local = internet(host, binding.port)
  }
  const establish = (to: Backlog, address: SocketAddress): boolean =>
    to.offer(() => {
      const { receiveBuffer } = options
      const own = { input, output, capacity: receiveBuffer }
      const [near, far] = createConnection(family === AF_INET ? 'tcp' : 'unix', own, endParts(receiveBuffer))
      if (local.family === AF_INET && local.host === anyHost) local = internet(loopbackHost, local.port)
      end = near
      peer = address
      return { end: far, local: address, peer: local }
    })
  const backlogAt = (address: SocketAddress, by: Task): Backlog | undefined => {
    if (address.family === AF_INET) return isLocal(address.host) ? tcp.find(address.host, address.port) : kernel.outside?.backlogAt(address)
    const socket = findNamed(kernel, by, address.path) as Partial<UnixListener> & Socket
    if (socket.type !== SOCK_STREAM) throw new SystemError('EPROTOTYPE')
    return socket.backlog
  }
  /** Where a connection is asked for: the address of any host is the loopback's own. */
  const target = (address: SocketAddress): SocketAddress => {
    if (family === AF_UNIX) return asUnix(address)
    const { host, port } = asInternet(address)
    if (!isLocal(host) && !kernel.outside) throw new SystemError('ENETUNREACH')
    return internet(host === anyHost ? loopbackHost : host, port)
  }
  const begin = (address: SocketAddress, by: Task, wait: boolean): void | Again => {
    const to = target(address)
    const found = backlogAt(to, by)
    if (family === AF_INET && !binding) bindTo(anyHost, 0, by)
    // A Unix socket knows at once; TCP's answer takes its way over the wire.
    const later = family === AF_INET && !wait
    if (!found || found.closed) {
      refused = failed = later
      throw new SystemError(later ? 'EINPROGRESS' : 'ECONNREFUSED')
    }
    if (!establish(found, to)) {
      if (family === AF_UNIX && !wait) throw new SystemError('EAGAIN')
      connecting = { backlog: found, to }
      found.room.add(retry)
      if (wait) return again
    }
    if (later) throw new SystemError('EINPROGRESS')
    announced = true
  }
  /** There may be room in the backlog now, or nobody behind it any more. */
  const retry = {
    wake() {
      if (!connecting) return
      const { backlog: queue, to } = connecting
      if (!queue.closed && !establish(queue, to)) return
      stopConnecting()
      refusal = queue.reason
      refused = failed = end === undefined
      output.wake()
      input.wake()
    },
  }
  const stopConnecting = () => {
    connecting?.backlog.room.delete(retry)
    connecting = undefined
  }
  const takeRefusal = () => {
    refused = false
    throw new SystemError('ECONNREFUSED')
  }

  const socket: UnixListener = {
    family,
    type: SOCK_STREAM,
    protocol: family === AF_INET ? IPPROTO_TCP : 0,
    options,
    get backlog() {
      return backlog
    },
    get state() {
      return streamState(end, backlog, connecting !== undefined)
    },
    get queued() {
      if (backlog) return { received: backlog.size, sent: backlog.limit }
      // What is sent is delivered.
      return { received: end?.incoming.size ?? 0, sent: 0 }
    },
    get local() {
      return local
    },
    get reason() {
      return refusal ?? end?.reason
    },
    get peer() {
      return end && !end.reset ? peer : undefined
    },
    bind(address, by) {
      if (family === AF_UNIX) {
        const { path } = asUnix(address)
        if (forgetName) throw new SystemError('EINVAL')
        forgetName = nameSocket(kernel, by, path, socket)
        local = address
        return
      }
      const { host, port } = asInternet(address)
      if (!isLocal(host)) throw new SystemError('EADDRNOTAVAIL')
      if (binding) throw new SystemError('EINVAL')
      bindTo(host, port, by)
    },
    connect(address, by, wait) {
      if (backlog) throw new SystemError(family === AF_INET ? 'EISCONN' : 'EINVAL')
      if (end && announced) throw new SystemError('EISCONN')
      if (end) {
        announced = true
        return
      }
      failed = false
      if (refused) takeRefusal()
      if (!connecting) return begin(address, by, wait)
      if (!wait) throw new SystemError('EALREADY')
      return again
    },
    listen(limit, by) {
      if (end || connecting) throw new SystemError('EINVAL')
      if (family === AF_UNIX && !forgetName) throw new SystemError('EINVAL')
      if (backlog) {
        backlog.limit = limit
        return
      }
      if (family === AF_INET) {
        if (!binding) bindTo(anyHost, 0, by)
        tcp.listen(binding!)
      }
      backlog = createBacklog(limit)
      backlog.arrived.add(arrival)
      if (binding) binding.service = backlog
    },
    accept() {
      if (!backlog) throw new SystemError('EINVAL')
      const taken = backlog.take()
      if (taken === again) return again
      const own = options.copy()
      const shared = binding && taken.local.family === AF_INET ? tcp.share(taken.local.host, taken.local.port, own, binding.uid) : undefined
      return { file: createStreamSocket(kernel, family, 0, { ...taken, options: own, binding: shared }), peer: taken.peer }
    },
    receive(length, peek) {
      if (refused) takeRefusal()
      if (failed) return { bytes: new Uint8Array(), size: 0 }
      if (!end) throw new SystemError(family === AF_INET ? 'ENOTCONN' : 'EINVAL')
      const bytes = receiveFrom(end, length, peek)
      return bytes === again ? again : { bytes, size: bytes.length }
    },
    send(bytes, _by, to) {
      if (to && family === AF_UNIX) throw new SystemError(end ? 'EISCONN' : 'EOPNOTSUPP')
      if (refused) takeRefusal()
      if (connecting) return again
      if (!end) throw new SystemError(family === AF_INET ? 'EPIPE' : 'ENOTCONN')
      return sendTo(end, bytes)
    },
    shutdown(how) {
      if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR) throw new SystemError('EINVAL')
      if (backlog) {
        if (how !== SHUT_WR) stopListening()
        return
      }
      if (!end || end.reset) throw new SystemError('ENOTCONN')
      shutDown(end, how)
    },
    takeError() {
      if (refused) {
        refused = false
        return errnoTable.ECONNREFUSED[0]
      }
      const error = end && takeError(end)
      return error ? errnoTable[error][0] : 0
    },
  }
  const arrival = { wake: () => input.wake() }
  const stopListening = () => {
    backlog?.close()
    backlog?.arrived.delete(arrival)
    backlog = undefined
    if (binding) {
      binding.service = undefined
      binding.listening = false
      tcp.changed.wake()
    }
    input.wake()
  }
  /** What becomes of the port when the connection is over for both sides. */
  const settlePort = (gone: End, reset: boolean) => {
    if (!binding) return
    if (gone.finishedFirst && !reset) tcp.linger(binding, { local, peer })
    else tcp.release(binding)
  }

  return createSocketFile(kernel, socket, flags, {
    input,
    output,
    ready: () => streamReadiness({ end, backlog, connecting: connecting !== undefined, refused }),
    available: () => end?.incoming.size ?? 0,
    close() {
      stopConnecting()
      stopListening()
      forgetName?.()
      if (!end) {
        if (binding) tcp.release(binding)
        return
      }
      const gone = end
      let over = gone.reset || (gone.finished && gone.writeShut)
      if (over) settlePort(gone, gone.reset)
      gone.onOver = (reset) => {
        over = true
        settlePort(gone, reset)
      }
      closeEnd(gone, family === AF_INET && options.abortive)
      // FIN_WAIT_2: as long as TIME_WAIT where the other side goes on.
      if (!over && binding) tcp.linger(binding, { local, peer })
    },
  })
}
