/** struct sockaddr in the interpreter's memory (musl's netinet/in.h and sys/un.h). */
import { internet, unix, type SocketAddress } from '../machine/socket-address.ts'
import { AF_INET, AF_UNIX } from '../machine/socket-numbers.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Heap } from './heap.ts'

export interface SocketAddresses {
  /** Throws EINVAL, EAFNOSUPPORT. */
  address(pointer: number, length: number): SocketAddress
  /** Writes as much as the number at `length` allows, and the whole length there. */
  put(address: SocketAddress, pointer: number, length: number): void
  /** A struct sockaddr_in's bytes. */
  bytesOf(address: SocketAddress): Uint8Array
}

export const INTERNET_SIZE = 16
/** Where sun_path begins. */
const PATH = 2

export function createSocketAddresses(heap: Heap): SocketAddresses {
  const bytesOf = (address: SocketAddress): Uint8Array => {
    if (address.family === AF_UNIX) {
      const path = new TextEncoder().encode(address.path)
      // A path ends with a NUL, an abstract name with its length.
      const ended = path.length > 0 && path[0] !== 0 ? 1 : 0
      const bytes = new Uint8Array(PATH + path.length + ended)
      bytes[0] = AF_UNIX
      bytes.set(path, PATH)
      return bytes
    }
    const bytes = new Uint8Array(INTERNET_SIZE)
    bytes[0] = AF_INET
    new DataView(bytes.buffer).setUint16(2, address.port)
    bytes.set(address.host.split('.').map(Number), 4)
    return bytes
  }
  return {
    bytesOf,
    address(pointer, length) {
      const view = heap.view()
      if (length < PATH) throw new SystemError('EINVAL')
      const family = view.getUint16(pointer, true)
      if (family === AF_UNIX) {
        const path = heap.bytes().slice(pointer + PATH, pointer + length)
        const end = path[0] === 0 ? path.length : path.indexOf(0)
        return unix(new TextDecoder().decode(end < 0 ? path : path.subarray(0, end)))
      }
      if (family !== AF_INET) throw new SystemError('EAFNOSUPPORT')
      if (length < INTERNET_SIZE) throw new SystemError('EINVAL')
      return internet([...heap.bytes().subarray(pointer + 4, pointer + 8)].join('.'), view.getUint16(pointer + 2))
    },
    put(address, pointer, length) {
      const bytes = bytesOf(address)
      const room = heap.view().getUint32(length, true)
      heap.bytes().set(bytes.subarray(0, room), pointer)
      heap.view().setUint32(length, bytes.length, true)
    },
  }
}
