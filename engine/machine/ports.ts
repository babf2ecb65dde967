/** Who holds which port of the loopback network, by the rules of bind(2) (inet_csk_get_port of Linux). */
import { anyHost, type SocketAddress } from './socket-address.ts'
import type { SocketOptions } from './socket-options.ts'
import { SystemError } from './system-error.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

export interface Binding<Service> {
  readonly host: string
  readonly port: number
  readonly options: SocketOptions
  readonly uid: number
  /** What answers here: a listening socket's queue, a datagram socket's mailbox. */
  service: Service | undefined
  /** Two that listen never share a port by SO_REUSEADDR. */
  listening: boolean
  /** Of a connection that is over: the time (milliseconds since the epoch) when the port is free again. */
  until: number | undefined
  /** Of the connection that was there, once it is over. */
  ends: { local: SocketAddress; peer: SocketAddress | undefined } | undefined
}

export interface Ports<Service> {
  /** Woken when somebody begins to listen, or ends it. */
  readonly changed: WaitQueue
  /** Port 0 takes a free one. Throws EADDRINUSE, EACCES. */
  bind(host: string, port: number, options: SocketOptions, uid: number): Binding<Service>
  /** An accepted connection's place on its listener's port. */
  share(host: string, port: number, options: SocketOptions, uid: number): Binding<Service>
  /** Throws EADDRINUSE where another one listens. */
  listen(binding: Binding<Service>): void
  release(binding: Binding<Service>): void
  /** Keeps the port as TIME_WAIT does. */
  linger(binding: Binding<Service>, ends: NonNullable<Binding<Service>['ends']>): void
  /** Who answers at this address. */
  find(host: string, port: number): Service | undefined
  lingering(): Binding<Service>[]
}

/** net.ipv4.ip_local_port_range and ip_unprivileged_port_start, as Linux has them. */
const firstEphemeral = 32768
const lastEphemeral = 60999
const firstUnprivileged = 1024
/** TCP_TIMEWAIT_LEN, in milliseconds. */
const timeWait = 60_000

export function createPorts<Service>(now: () => number): Ports<Service> {
  const held = new Map<number, Set<Binding<Service>>>()
  let next = firstEphemeral
  let turn = 0
  const changed = createWaitQueue()

  const release = (binding: Binding<Service>) => {
    const set = held.get(binding.port)
    set?.delete(binding)
    if (set?.size === 0) held.delete(binding.port)
  }
  const at = (port: number): Binding<Service>[] => {
    const all = [...(held.get(port) ?? [])]
    const over = all.filter(({ until }) => until !== undefined && until <= now())
    over.forEach(release)
    return over.length > 0 ? all.filter((each) => !over.includes(each)) : all
  }
  const meet = (a: string, b: string) => a === b || a === anyHost || b === anyHost
  const add = (binding: Binding<Service>) => {
    const set = held.get(binding.port) ?? new Set()
    held.set(binding.port, set.add(binding))
    return binding
  }
  const make = (host: string, port: number, options: SocketOptions, uid: number): Binding<Service> =>
    ({ host, port, options, uid, service: undefined, listening: false, until: undefined, ends: undefined })
  const freePort = (): number => {
    for (let tries = firstEphemeral; tries <= lastEphemeral; tries++) {
      const port = next
      next = next === lastEphemeral ? firstEphemeral : next + 1
      if (at(port).length === 0) return port
    }
    throw new SystemError('EADDRINUSE')
  }
  const share: Ports<Service>['share'] = (host, port, options, uid) => add(make(host, port, options, uid))

  return {
    changed,
    bind(host, port, options, uid) {
      if (port > 0 && port < firstUnprivileged && uid !== 0) throw new SystemError('EACCES')
      const inTheWay = at(port).some((other) => {
        if (!meet(other.host, host)) return false
        if (other.options.reusePort && options.reusePort && other.uid === uid) return false
        return !(other.options.reuseAddress && options.reuseAddress && !other.listening)
      })
      if (inTheWay) throw new SystemError('EADDRINUSE')
      return share(host, port === 0 ? freePort() : port, options, uid)
    },
    share,
    listen(binding) {
      const other = at(binding.port).find((each) => each !== binding && each.listening && meet(each.host, binding.host))
      const shared = other && other.options.reusePort && binding.options.reusePort && other.uid === binding.uid
      if (other && !shared) throw new SystemError('EADDRINUSE')
      binding.listening = true
      changed.wake()
    },
    release,
    linger(binding, ends) {
      binding.ends = ends
      binding.until = now() + timeWait
    },
    find(host, port) {
      const answering = at(port).filter((each) => each.service !== undefined && meet(each.host, host))
      const nearest = answering.filter((each) => each.host === host)
      const chosen = nearest.length > 0 ? nearest : answering
      // SO_REUSEPORT spreads the load.
      return chosen[turn++ % chosen.length]?.service
    },
    lingering: () => [...held.keys()].flatMap(at).filter(({ until }) => until !== undefined),
  }
}
