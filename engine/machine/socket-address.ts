/** Where sockets are: an address of the loopback network, or a name of a Unix socket. */
import { AF_INET, AF_UNIX } from './socket-numbers.ts'
import { SystemError } from './system-error.ts'

export interface InternetAddress {
  family: typeof AF_INET
  /** Four decimal numbers: names are resolved by programs (host-names.ts). */
  host: string
  port: number
}
/** A path; an abstract name starts with a NUL (unix(7)); the empty one is of a socket without a name. */
export interface UnixAddress {
  family: typeof AF_UNIX
  path: string
}
export type SocketAddress = InternetAddress | UnixAddress

export const anyHost = '0.0.0.0'
export const loopbackHost = '127.0.0.1'

export const internet = (host: string, port: number): InternetAddress => ({ family: AF_INET, host, port })
export const unix = (path: string): UnixAddress => ({ family: AF_UNIX, path })
export const unnamed = unix('')

/** All of 127/8 is this machine. */
export const isLocal = (host: string): boolean => host === anyHost || host.startsWith('127.')

/** Throws EINVAL for an address of another family. */
export function asInternet(address: SocketAddress): InternetAddress {
  if (address.family !== AF_INET) throw new SystemError('EAFNOSUPPORT')
  const { host, port } = address
  const parts = host.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) throw new SystemError('EINVAL')
  if (!(Number.isInteger(port) && port >= 0 && port < 65536)) throw new SystemError('EINVAL')
  return address
}

/** Throws EINVAL for an address of another family, or a name that is too long (sun_path has 108 bytes). */
export function asUnix(address: SocketAddress): UnixAddress {
  if (address.family !== AF_UNIX || new TextEncoder().encode(address.path).length > (address.path.startsWith('\0') ? 108 : 107)) throw new SystemError('EINVAL')
  return address
}
