/** The machine's sockets beside Linux's: test/recorded/sockets.json, recorded by scripts/record-sockets.py, step by step. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import { errnoTable } from './errno.ts'
import type { Process } from './process.ts'
import { signals } from './signals.ts'
import { internet, unix, type SocketAddress } from './socket-address.ts'
import { O_CREAT, O_NONBLOCK, O_RDONLY, O_WRONLY } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import { nextTurn } from './turn.ts'

type Step = [operation: string, ...args: (string | number)[]]
interface Case {
  name: string
  steps: Step[]
  results: unknown[]
}

const kinds: Record<string, [domain: number, type: number]> = { 'tcp': [2, 1], 'udp': [2, 2], 'unix': [1, 1], 'unix-datagram': [1, 2] }
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)

/** Runs steps as record-sockets.py does, with its names for sockets and ports. */
function createRunner({ system }: Process) {
  const fds = new Map<string, number>()
  const ports = new Map<string, number>()
  const fd = (name: unknown) => fds.get(String(name)) ?? 900

  const address = (place: (string | number)[]): SocketAddress => {
    const [first, port] = place
    if (port === undefined) return unix(String(first))
    return internet(String(first), typeof port === 'number' ? port : ports.get(port) ?? 0)
  }
  const shown = (place: SocketAddress): unknown => {
    if (place.family === 1) return place.path
    const name = [...ports].find(([, port]) => port === place.port)?.[0] ?? 'new'
    return [place.host, place.port === 0 ? 0 : name]
  }
  const note = async (name: string | number) => {
    const place = await system.getsockname(fd(name))
    if (place.family === 1 || place.port === 0 || ports.has(String(name)) || [...ports.values()].includes(place.port)) return
    ports.set(String(name), place.port)
  }
  const operations: Record<string, (name: string | number, ...args: (string | number)[]) => Promise<unknown>> = {
    socket: async (name, kind) => void fds.set(String(name), await system.socket(...kinds[kind!]!)),
    make: async (_name, domain, type, protocol) => system.close(await system.socket(Number(domain), Number(type), Number(protocol))),
    async pair(first, second, kind) {
      const [a, b] = await system.socketpair(...kinds[kind!]!)
      fds.set(String(first), a).set(String(second), b)
    },
    async bind(name, ...place) {
      await system.bind(fd(name), address(place))
      await note(name)
    },
    async listen(name, backlog) {
      await system.listen(fd(name), Number(backlog))
      await note(name)
    },
    async accept(name, made) {
      const accepted = await system.accept(fd(name))
      fds.set(String(made), accepted.fd)
      return shown(accepted.address)
    },
    async connect(name, ...place) {
      try {
        await system.connect(fd(name), address(place))
      } finally {
        await note(name)
      }
    },
    send: async (name, data, flags = 0) => system.send(fd(name), bytes(String(data)), Number(flags)),
    many: async (name, size) => system.send(fd(name), new Uint8Array(Number(size))),
    recv: async (name, size, flags = 0) => text((await system.receive(fd(name), Number(size), Number(flags))).bytes),
    async sendto(name, data, ...place) {
      const sent = await system.send(fd(name), bytes(String(data)), 0, address(place))
      await note(name)
      return sent
    },
    async recvfrom(name, size) {
      const { bytes: data, from } = await system.receive(fd(name), Number(size))
      return [text(data), from && shown(from)]
    },
    write: async (name, data) => system.write(fd(name), bytes(String(data))),
    read: async (name, size) => text(await system.read(fd(name), Number(size))),
    fionread: async (name) => system.available(fd(name)),
    dup: async (name, made) => void fds.set(String(made), await system.dup(fd(name))),
    shutdown: async (name, how) => system.shutdown(fd(name), Number(how)),
    close: async (name) => system.close(fd(name)),
    nonblock: async (name) => system.setFlags(fd(name), { status: O_NONBLOCK }),
    flags: async (name) => ((await system.getFlags(fd(name))).status & O_NONBLOCK ? 'non-blocking' : 'blocking'),
    linger: async (name) => system.setsockopt(fd(name), 1, 13, [1, 0]),
    poll: async (name, events) => (await system.poll([{ fd: fd(name), events: Number(events) }], 0))[0]?.revents ?? 0,
    getsockname: async (name) => shown(await system.getsockname(fd(name))),
    getpeername: async (name) => shown(await system.getpeername(fd(name))),
    async getsockopt(name, level, option) {
      const [value] = await system.getsockopt(fd(name), Number(level), Number(option))
      const error = Object.entries(errnoTable).find(([, [number]]) => number === value)?.[0]
      return level === 1 && option === 4 && error ? error : value
    },
    setsockopt: async (name, level, option, value) => system.setsockopt(fd(name), Number(level), Number(option), [Number(value)]),
    file: async (path) => system.close(await system.open(String(path), O_CREAT | O_WRONLY)),
    open: async (path) => system.open(String(path), O_RDONLY),
    unlink: async (path) => system.unlink(String(path)),
    async pipe(reader, writer) {
      const [readEnd, writeEnd] = await system.pipe()
      fds.set(String(reader), readEnd).set(String(writer), writeEnd)
    },
    async call(name, call) {
      if (call === 'listen') return system.listen(fd(name), 1)
      if (call === 'accept') return system.accept(fd(name))
      return system.receive(fd(name), 0)
    },
  }
  return async ([operation, name, ...args]: Step): Promise<unknown> => {
    try {
      return (await operations[operation]!(name!, ...args)) ?? null
    } catch (error) {
      if (error instanceof SystemError) return error.code
      throw error
    }
  }
}

const cases = JSON.parse(readFileSync(new URL('../../test/recorded/sockets.json', import.meta.url), 'utf8')) as Case[]

/** After a time, and turns enough for all that was on its way: the whole thread may have stood still. */
const stuck = async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000))
  for (let turn = 0; turn < 200; turn++) await nextTurn()
  return 'waits for ever'
}

describe('sockets do what Linux\'s do', () => {
  test.each(cases)('$name', ({ steps, results }) =>
    inMachine({}, async (process) => {
      await process.system.sigaction(signals.SIGPIPE, 'ignore')
      const run = createRunner(process)
      const done: unknown[] = []
      for (const step of steps) {
        done.push([step.join(' '), await Promise.race([run(step), stuck()])])
      }
      expect(done).toEqual(steps.map((step, index) => [step.join(' '), results[index]]))
    }))
})
