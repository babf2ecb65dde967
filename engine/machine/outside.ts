/**
 * What is beyond the machine's own network, as its sockets see it. There is no wire: names get addresses that no real network has, and
 * whoever holds the machine serves each connection to one of them.
 */
import { again } from './block.ts'
import type { Arrival, Backlog } from './backlog.ts'
import type { ByteStream } from './byte-stream.ts'
import type { Kernel } from './kernel.ts'
import type { InternetAddress } from './socket-address.ts'
import { AF_INET, SO_LINGER, SOL_SOCKET } from './socket-numbers.ts'
import { createSocketOptions } from './socket-options.ts'
import { createStreamSocket } from './stream-socket.ts'
import { streamOf } from './stream-of.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { createWaitQueue } from './wait-queue.ts'

/** `host` is the name that was looked up, or a number. Both answer with a reason in words where something is in the way. */
export interface OutsideHosts {
  /** Asked before a connection is made: with a reason it is refused. */
  admit(host: string): Promise<string | undefined>
  /** The far end of a connection. Resolves when it has no more to say; with a reason the connection is reset. */
  serve(stream: ByteStream, host: string, port: number): Promise<string | undefined>
}

export interface Outside {
  /** The address of a host outside by its name; undefined for what cannot be one. */
  addressOf(name: string): string | undefined
  /** What takes connections there. */
  backlogAt(address: InternetAddress): Backlog
}

/** 198.18.0.0/15 is for tests of networks (RFC 2544): no host has such an address. */
const ROOM = 1 << 17
/** Names with a dot, but for those that RFC 6761 and 6762 keep out of the world. */
const worldly = /^(?=.{1,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d])?\.)+(?!(?:invalid|local|localhost)$)[a-z][a-z\d-]{0,61}[a-z\d]$/

/** `by`: in whose name the far ends wait, a task that never ends. */
export function createOutside(kernel: Kernel, by: Task, hosts: OutsideHosts): Outside {
  const names: string[] = []
  const addresses = new Map<string, string>()
  const nameOf = new Map<string, string>()

  async function take(arrival: Arrival, { host, port }: InternetAddress) {
    const options = createSocketOptions()
    const stream = streamOf(kernel, by, createStreamSocket(kernel, AF_INET, 0, { ...arrival, options, binding: undefined }))
    try {
      const reason = await hosts.serve(stream, nameOf.get(host) ?? host, port)
      if (reason === undefined) return
      arrival.end.other.reason = reason
      options.set(SOL_SOCKET, SO_LINGER, [1, 0])
    } catch (error) {
      // The program has closed its end.
      if (!(error instanceof SystemError)) throw error
    } finally {
      await stream.close()
    }
  }

  return {
    addressOf(asked) {
      const name = asked.toLowerCase().replace(/\.$/, '')
      const known = addresses.get(name)
      if (known !== undefined) return known
      const number = names.length + 1
      if (!worldly.test(name) || number >= ROOM) return undefined
      names.push(name)
      const address = `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`
      addresses.set(name, address)
      nameOf.set(address, name)
      return address
    },
    backlogAt(address) {
      const room = createWaitQueue()
      let admitted = false
      let reason: string | undefined
      void hosts.admit(nameOf.get(address.host) ?? address.host).then((answer) => {
        reason = answer
        admitted = answer === undefined
        room.wake()
      })
      return {
        size: 0,
        limit: Infinity,
        arrived: createWaitQueue(),
        room,
        get closed() {
          return reason !== undefined
        },
        get reason() {
          return reason
        },
        offer(make) {
          if (admitted) void take(make(), address)
          return admitted
        },
        take: () => again,
        close: () => {},
      }
    },
  }
}
