/** The interpreter's imports for sockets, answered by the machine: CPython's own _socket and select run on them. */
import { MSG_TRUNC, SO_ERROR, SOL_SOCKET } from '../machine/socket-numbers.ts'
import type { SocketAddress } from '../machine/socket-address.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportTable } from './interpreter.ts'
import type { SocketAddresses } from './socket-addresses.ts'

/** struct msghdr of musl: name, its length, the vectors and their number, control data and its length, flags. */
const message = { name: 0, nameLength: 4, vectors: 8, count: 12, control: 16, controlLength: 20, flags: 24 }
/** What Emscripten's `shutdown` finds where Pyodide has a socket of its own: the result is in memory. */
const ANSWERED = 1

export function createSocketImports(
  heap: Heap, kernel: KernelCalls, { address, put }: SocketAddresses, { syscall, numbered }: ImportResult,
): ImportTable {
  const bytesAt = (pointer: number, length: number) => heap.bytes().slice(pointer >>> 0, (pointer >>> 0) + (length >>> 0))
  const addressAt = (pointer: number, length: number) => address(pointer >>> 0, length >>> 0)
  const answerAddress = (place: SocketAddress, to: number, length: number) => {
    if (to) put(place, to >>> 0, length >>> 0)
  }

  /** A stream's bytes come from nowhere in particular: an address of no length. */
  const answerSender = (from: SocketAddress | undefined, to: number, length: number) => {
    if (from) answerAddress(from, to, length)
    else if (to) heap.view().setUint32(length >>> 0, 0, true)
  }

  function receiveMessage(fd: number, pointer: number, flags: number): number {
    const at = (field: number) => heap.view().getUint32(pointer + field, true)
    const rooms = heap.vectors(at(message.vectors), at(message.count))
    const received = kernel.receive(fd, rooms.reduce((sum, room) => sum + room.length, 0), flags)
    let filled = 0
    for (const room of rooms) {
      const part = received.bytes.subarray(filled, filled + room.length)
      room.set(part)
      filled += part.length
    }
    answerSender(received.from, at(message.name), pointer + message.nameLength)
    heap.view().setUint32(pointer + message.controlLength, 0, true)
    heap.view().setInt32(pointer + message.flags, received.size > received.bytes.length ? MSG_TRUNC : 0, true)
    return flags & MSG_TRUNC ? received.size : received.bytes.length
  }

  function sendMessage(fd: number, pointer: number, flags: number): number {
    const at = (field: number) => heap.view().getUint32(pointer + field, true)
    // Descriptors cannot be sent along (SCM_RIGHTS): they are inherited, or nothing.
    if (at(message.controlLength) > 0) throw new SystemError('EOPNOTSUPP')
    const parts = heap.vectors(at(message.vectors), at(message.count))
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let filled = 0
    for (const part of parts) {
      bytes.set(part, filled)
      filled += part.length
    }
    const name = at(message.name)
    return kernel.send(fd, bytes, flags, name ? address(name, at(message.nameLength)) : undefined)
  }

  function getOption(fd: number, level: number, name: number, to: number, length: number) {
    const told = kernel.getsockopt(fd, level, name)
    // C makes an exception of it.
    const values = level === SOL_SOCKET && name === SO_ERROR ? told.map(numbered) : told
    const room = heap.view().getUint32(length, true)
    const bytes = new Uint8Array(new Int32Array(values).buffer).subarray(0, room)
    heap.bytes().set(bytes, to)
    heap.view().setUint32(length, bytes.length, true)
  }

  return {
    __syscall_socket: (domain: number, type: number, protocol: number) => syscall(() => kernel.socket(domain, type, protocol)),
    __syscall_bind: (fd: number, to: number, length: number) => syscall(() => kernel.bind(fd, addressAt(to, length))),
    __syscall_listen: (fd: number, backlog: number) => syscall(() => kernel.listen(fd, backlog)),
    __syscall_accept4: (fd: number, to: number, length: number, flags: number) => syscall(() => {
      const accepted = kernel.accept(fd, flags)
      answerAddress(accepted.address, to, length)
      return accepted.fd
    }),
    __syscall_connect: (fd: number, to: number, length: number) => syscall(() => kernel.connect(fd, addressAt(to, length))),
    __syscall_getsockname: (fd: number, to: number, length: number) => syscall(() => answerAddress(kernel.getsockname(fd), to, length)),
    __syscall_getpeername: (fd: number, to: number, length: number) => syscall(() => answerAddress(kernel.getpeername(fd), to, length)),
    __syscall_getsockopt: (fd: number, level: number, name: number, to: number, length: number) => syscall(() =>
      getOption(fd, level, name, to >>> 0, length >>> 0)),
    __syscall_sendto: (fd: number, from: number, size: number, flags: number, to: number, length: number) => syscall(() =>
      kernel.send(fd, bytesAt(from, size), flags, to ? addressAt(to, length) : undefined)),
    __syscall_recvfrom: (fd: number, to: number, size: number, flags: number, name: number, length: number) => syscall(() => {
      const received = kernel.receive(fd, size >>> 0, flags)
      heap.bytes().set(received.bytes, to >>> 0)
      answerSender(received.from, name, length)
      return flags & MSG_TRUNC ? received.size : received.bytes.length
    }),
    __syscall_sendmsg: (fd: number, pointer: number, flags: number) => syscall(() => sendMessage(fd, pointer >>> 0, flags)),
    __syscall_recvmsg: (fd: number, pointer: number, flags: number) => syscall(() => receiveMessage(fd, pointer >>> 0, flags)),
    _try_shutdown(fd: number, how: number, result: number) {
      heap.view().setInt32(result >>> 0, syscall(() => kernel.shutdown(fd, how)), true)
      return ANSWERED
    },
    // Pyodide's own sockets, which wait for the browser's event loop: there are none.
    _maybe_connect_async: () => null,
    _maybe_recvfrom_async: () => null,
    _maybe_sendto_async: () => null,
  }
}
