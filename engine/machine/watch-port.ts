import type { Network } from './network.ts'
import { loopbackHost } from './socket-address.ts'

/** Tells `listener` whether somebody listens at the loopback's port, at once and whenever that changes; the result ends it. */
export function watchPort({ tcp }: Network, port: number, listener: (listening: boolean) => void): () => void {
  let told: boolean | undefined
  const look = () => {
    const listening = tcp.find(loopbackHost, port) !== undefined
    if (!watching || listening === told) return
    told = listening
    listener(listening)
  }
  let watching = true
  // The one who listens is found only after its call.
  const sleeper = { wake: () => queueMicrotask(look) }
  tcp.changed.add(sleeper)
  look()
  return () => {
    watching = false
    tcp.changed.delete(sleeper)
  }
}
