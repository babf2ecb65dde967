/** setsockopt(2) and getsockopt(2): what is kept of a socket's options. Values are C ints; SO_LINGER has two. */
import {
  IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_TCP, SO_BROADCAST, SO_KEEPALIVE, SO_LINGER, SO_OOBINLINE, SO_RCVBUF, SO_REUSEADDR, SO_REUSEPORT,
  SO_SNDBUF, SOL_SOCKET, TCP_CORK, TCP_DEFER_ACCEPT, TCP_KEEPCNT, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_NODELAY, TCP_QUICKACK, TCP_USER_TIMEOUT,
} from './socket-numbers.ts'
import { SystemError } from './system-error.ts'

export interface SocketOptions {
  readonly reuseAddress: boolean
  readonly reusePort: boolean
  /** SO_LINGER with no time: closing resets the connection. */
  readonly abortive: boolean
  /** How many bytes the receiving side holds. */
  readonly receiveBuffer: number
  get(level: number, name: number): number[]
  set(level: number, name: number, values: number[]): void
  /** An accepted socket's. */
  copy(): SocketOptions
}

/** Level -> name -> the usual value. */
const usual: Record<number, Record<number, number[]>> = {
  [SOL_SOCKET]: {
    [SO_REUSEADDR]: [0], [SO_REUSEPORT]: [0], [SO_BROADCAST]: [0], [SO_KEEPALIVE]: [0], [SO_OOBINLINE]: [0], [SO_LINGER]: [0, 0],
    [SO_SNDBUF]: [2626560], [SO_RCVBUF]: [131072],
  },
  [IPPROTO_IP]: { [IP_TOS]: [0], [IP_TTL]: [64] },
  [IPPROTO_TCP]: {
    [TCP_NODELAY]: [0], [TCP_CORK]: [0], [TCP_KEEPIDLE]: [7200], [TCP_KEEPINTVL]: [75], [TCP_KEEPCNT]: [9], [TCP_DEFER_ACCEPT]: [0],
    [TCP_QUICKACK]: [1], [TCP_USER_TIMEOUT]: [0],
  },
}
const switches = new Set([SO_REUSEADDR, SO_REUSEPORT, SO_BROADCAST, SO_KEEPALIVE, SO_OOBINLINE])
/** socket(7): the kernel doubles what is asked for, and has a least and a greatest value. */
const buffers: Record<number, { least: number; most: number }> = {
  [SO_SNDBUF]: { least: 4608, most: 425984 }, [SO_RCVBUF]: { least: 2304, most: 425984 },
}

export function createSocketOptions(start: Map<string, number[]> = new Map()): SocketOptions {
  const values = new Map(start)
  const get = (level: number, name: number): number[] => {
    const found = values.get(`${level} ${name}`) ?? usual[level]?.[name]
    if (!found) throw new SystemError('ENOPROTOOPT')
    return found
  }
  const isSet = (name: number) => get(SOL_SOCKET, name)[0] !== 0
  return {
    get,
    get reuseAddress() {
      return isSet(SO_REUSEADDR)
    },
    get reusePort() {
      return isSet(SO_REUSEPORT)
    },
    get abortive() {
      const [on, seconds] = get(SOL_SOCKET, SO_LINGER)
      return on !== 0 && seconds === 0
    },
    get receiveBuffer() {
      return get(SOL_SOCKET, SO_RCVBUF)[0]!
    },
    set(level, name, given) {
      const old = get(level, name)
      if (given.length < old.length) throw new SystemError('EINVAL')
      const buffer = level === SOL_SOCKET ? buffers[name] : undefined
      const value = given[0]!
      const kept = buffer ? [Math.max(buffer.least, Math.min(buffer.most, value * 2))]
        : level === SOL_SOCKET && switches.has(name) ? [value ? 1 : 0] : given.slice(0, old.length)
      values.set(`${level} ${name}`, kept)
    },
    copy: () => createSocketOptions(values),
  }
}
