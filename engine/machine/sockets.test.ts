/** What a recording of one thread cannot show: calls that wait, processes that end, what is left behind. */
import { describe, expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { signals } from './signals.ts'
import { internet, unix } from './socket-address.ts'
import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM } from './socket-numbers.ts'
import { O_NONBLOCK, POLLIN, POLLOUT, type SystemCalls } from './system-calls.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)
const here = internet('127.0.0.1', 8000)

async function listen(system: SystemCalls, backlog = 5) {
  const fd = await system.socket(AF_INET, SOCK_STREAM)
  await system.bind(fd, here)
  await system.listen(fd, backlog)
  return fd
}
async function connect(system: SystemCalls) {
  const fd = await system.socket(AF_INET, SOCK_STREAM)
  await system.connect(fd, here)
  return fd
}
async function connected(system: SystemCalls) {
  const listener = await listen(system)
  const client = await connect(system)
  const { fd: server } = await system.accept(listener)
  return { listener, client, server }
}

/** Connects, says what its argument is, and then waits for an answer that may never come. */
const talker: Command = async (args, { system }) => {
  const fd = await connect(system)
  await system.send(fd, bytes(args[0] ?? ''))
  await system.receive(fd, 100)
  return 0
}
/** Listens, and waits for a connection that it does not answer. */
const server: Command = async (_args, { system }) => {
  const fd = await listen(system)
  await system.accept(fd)
  await system.sleep(60_000)
  return 0
}

describe('calls wait', () => {
  test('accept for a connection, receive for bytes, each woken when they come', () =>
    inMachine({}, async ({ system }) => {
      const listener = await listen(system)
      const accepting = Promise.resolve(system.accept(listener))
      const client = await connect(system)
      const { fd } = await accepting
      const receiving = Promise.resolve(system.receive(fd, 10))
      await system.send(client, bytes('hello'))
      expect(text((await receiving).bytes)).toBe('hello')
    }))

  test('a sender for its reader, and all bytes arrive in order', () =>
    inMachine({}, async ({ system }) => {
      const { client, server: end } = await connected(system)
      const sent = new Uint8Array(1_000_000).map((_, index) => index % 251)
      const sending = Promise.resolve(system.send(client, sent)).then(() => system.close(client))
      const received: number[] = []
      for (;;) {
        const { bytes: part } = await system.receive(end, 70_000)
        if (part.length === 0) break
        received.push(...part)
      }
      await sending
      expect(Uint8Array.from(received)).toEqual(sent)
    }))

  test('no more bytes are held than the reader has room for', () =>
    inMachine({}, async ({ system }) => {
      const { client, server: end } = await connected(system)
      await system.setFlags(client, { status: O_NONBLOCK })
      const taken = await system.send(client, new Uint8Array(1_000_000))
      expect(taken).toBeLessThan(1_000_000)
      await expect(async () => system.send(client, bytes('x'))).rejects.toMatchObject({ code: 'EAGAIN' })
      expect(await system.poll([{ fd: client, events: POLLOUT }], 0)).toEqual([])
      const polling = Promise.resolve(system.poll([{ fd: client, events: POLLOUT }], -1))
      await system.receive(end, taken)
      expect(await polling).toEqual([{ fd: client, revents: POLLOUT }])
    }))

  test('a connection for room in the queue', () =>
    inMachine({}, async ({ system }) => {
      const listener = await listen(system, 0)
      await connect(system)
      const second = Promise.resolve(connect(system))
      let done = false
      void second.then(() => (done = true))
      await system.sleep(2)
      expect(done).toBe(false)
      await system.accept(listener)
      await second
    }))

  test('... and is refused where the listener goes', () =>
    inMachine({}, async ({ system }) => {
      const listener = await listen(system, 0)
      await connect(system)
      const second = Promise.resolve(connect(system))
      await system.close(listener)
      await expect(second).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }))

  test('poll over pipes, sockets and files at once', () =>
    inMachine({}, async ({ system }) => {
      const { listener, client, server: end } = await connected(system)
      const [readEnd, writeEnd] = await system.pipe()
      const all = [listener, end, readEnd].map((fd) => ({ fd, events: POLLIN }))
      const first = Promise.resolve(system.poll(all, -1))
      await system.write(writeEnd, bytes('x'))
      expect(await first).toEqual([{ fd: readEnd, revents: POLLIN }])
      await system.read(readEnd, 1)
      const second = Promise.resolve(system.poll(all, -1))
      await system.write(client, bytes('y'))
      expect(await second).toEqual([{ fd: end, revents: POLLIN }])
      await system.read(end, 1)
      const third = Promise.resolve(system.poll(all, -1))
      await connect(system)
      expect(await third).toEqual([{ fd: listener, revents: POLLIN }])
    }))

  test('a handled signal interrupts them', () =>
    inMachine({}, async ({ system, pid, onSignal }) => {
      const { listener, server: end } = await connected(system)
      onSignal(signals.SIGUSR1, () => {})
      for (const call of [() => system.accept(listener), () => system.receive(end, 1)]) {
        const waiting = Promise.resolve(call())
        await system.kill(pid, signals.SIGUSR1)
        await expect(waiting).rejects.toMatchObject({ code: 'EINTR' })
      }
    }))

  test('a full Unix mailbox makes its senders wait', () =>
    inMachine({}, async ({ system }) => {
      const [a, b] = await system.socketpair(AF_UNIX, SOCK_DGRAM | O_NONBLOCK)
      let sent = 0
      await expect(async () => {
        for (; sent < 1000; sent++) await system.send(a, bytes('x'))
      }).rejects.toMatchObject({ code: 'EAGAIN' })
      await system.setFlags(a, { status: 0 })
      const waiting = Promise.resolve(system.send(a, bytes('last')))
      await system.receive(b, 1)
      expect(await waiting).toBe(4)
      expect(sent).toBeGreaterThan(0)
    }))
})

describe('processes', () => {
  test('a child inherits a socket', () => {
    const heir: Command = async (_args, { system }) => {
      await system.write(5, bytes('from the child'))
      return 0
    }
    return inMachine({ heir }, async ({ system }) => {
      const { client, server: end } = await connected(system)
      const pid = await system.spawn({ path: '/usr/bin/heir', argv: ['heir'], env: {}, fds: { 5: client } })
      await system.close(client)
      await system.wait(pid)
      expect(text((await system.receive(end, 100)).bytes)).toBe('from the child')
      expect((await system.receive(end, 100)).bytes).toHaveLength(0)
    })
  })

  test('writing to nobody is SIGPIPE, unless it is asked not to be', () => {
    const hasty: Command = async (_args, { system }) => {
      const [a, b] = await system.socketpair(AF_UNIX, SOCK_STREAM)
      await system.close(b)
      await expect(async () => system.send(a, bytes('x'), 0x4000)).rejects.toMatchObject({ code: 'EPIPE' })
      await system.send(a, bytes('x'))
      return 0
    }
    return inMachine({ hasty }, async ({ system }) => {
      const pid = await system.spawn({ path: '/usr/bin/hasty', argv: ['hasty'], env: {} })
      expect(await system.wait(pid)).toMatchObject({ kind: 'signaled', signal: signals.SIGPIPE })
    })
  })

  test('a killed client is an end to its server, a reset where it left data unread', () =>
    inMachine({ talker }, async ({ system }) => {
      const listener = await listen(system)
      for (const [unread, expected] of [[false, ''], [true, 'ECONNRESET']] as const) {
        const pid = await system.spawn({ path: '/usr/bin/talker', argv: ['talker', 'hi'], env: {} })
        const { fd } = await system.accept(listener)
        expect(text((await system.receive(fd, 100)).bytes)).toBe('hi')
        if (unread) await system.kill(pid, signals.SIGSTOP)
        if (unread) await system.send(fd, bytes('unread'))
        const receiving = Promise.resolve(system.receive(fd, 100))
          .then(({ bytes: rest }) => text(rest), (error: { code: string }) => error.code)
        await system.kill(pid, signals.SIGKILL)
        expect(await receiving).toBe(expected)
        await system.wait(pid)
        await system.close(fd)
      }
    }))

  test('a server that is killed while it accepts leaves a free port and reset clients', () =>
    inMachine({ server }, async ({ system }) => {
      for (let round = 0; round < 3; round++) {
        const pid = await system.spawn({ path: '/usr/bin/server', argv: ['server'], env: {} })
        while (!(await system.sockets()).some(({ state }) => state === 'LISTEN')) await system.sleep(1)
        const [accepted, waiting] = [await connect(system), await connect(system)]
        await system.sleep(1)
        await system.kill(pid, signals.SIGKILL)
        await system.wait(pid)
        await expect(async () => system.receive(waiting, 1)).rejects.toMatchObject({ code: 'ECONNRESET' })
        expect((await system.receive(accepted, 1)).bytes).toHaveLength(0)
        await system.close(accepted)
        await system.close(waiting)
        await expect(connect(system)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
        const next = await system.socket(AF_INET, SOCK_STREAM)
        await system.setsockopt(next, 1, 2, [1])
        // The closed connection waits on its port without SO_REUSEADDR: Linux refuses that, too.
        await expect(async () => system.bind(next, here)).rejects.toMatchObject({ code: 'EADDRINUSE' })
        await system.close(next)
        await system.sleep(0)
        now += 61_000
      }
    }, { machine: { now: () => now } }))
  let now = Date.UTC(2026, 0, 1)

  test('nothing is left of processes that ended', () =>
    inMachine({ talker }, async ({ system }) => {
      const listener = await listen(system)
      for (let round = 0; round < 200; round++) {
        const pid = await system.spawn({ path: '/usr/bin/talker', argv: ['talker'], env: {} })
        const { fd } = await system.accept(listener)
        await system.kill(pid, signals.SIGKILL)
        await system.wait(pid)
        await system.close(fd)
      }
      now += 61_000
      expect((await system.sockets()).map(({ state }) => state)).toEqual(['LISTEN'])
    }, { machine: { now: () => now } }))
})

describe('names', () => {
  test('a port below 1024 is root\'s', () =>
    inMachine({}, async ({ system }) => {
      const fd = await system.socket(AF_INET, SOCK_STREAM)
      await expect(async () => system.bind(fd, internet('0.0.0.0', 80))).rejects.toMatchObject({ code: 'EACCES' })
    }))

  test('there is no way out', () =>
    inMachine({}, async ({ system }) => {
      const fd = await system.socket(AF_INET, SOCK_STREAM)
      await expect(async () => system.connect(fd, internet('192.0.2.1', 80))).rejects.toMatchObject({ code: 'ENETUNREACH' })
    }))

  test('addresses that are none are refused', () =>
    inMachine({}, async ({ system }) => {
      const fd = await system.socket(AF_INET, SOCK_STREAM)
      for (const host of ['', 'localhost', '127.0.0.1.1', '127.0.0.256', '127.0.0.-1']) {
        await expect(async () => system.bind(fd, internet(host, 8000))).rejects.toMatchObject({ code: 'EINVAL' })
      }
      await expect(async () => system.bind(fd, internet('127.0.0.1', 65536))).rejects.toMatchObject({ code: 'EINVAL' })
      await expect(async () => system.bind(fd, unix('name'))).rejects.toMatchObject({ code: 'EAFNOSUPPORT' })
    }))

  test('a socket is listed with its queues and its holders', () =>
    inMachine({ holds: async (_args, { system }) => {
      await system.sleep(1e9)
      return 0
    } }, async ({ system, pid }) => {
      const { client, listener, server: end } = await connected(system)
      await system.send(client, bytes('four'))
      await connect(system)
      const rows = await system.sockets()
      const shown = rows.map(({ state, received, sent, local, users }) => [state, received, sent, 'port' in local && local.port, users[0]?.fd])
      expect(shown).toEqual([
        ['LISTEN', 1, 5, 8000, listener],
        ['ESTAB', 0, 0, 32768, client],
        ['ESTAB', 4, 0, 8000, end],
        ['ESTAB', 0, 0, 32769, end + 1],
      ])
      expect(rows[0]!.users).toEqual([{ pid, fd: listener, name: 'test-main' }])
      const linked = await system.spawn({ path: '/usr/bin/holds', argv: ['/opt/bin/linked'], env: {}, fds: { 5: listener } })
      expect((await system.sockets())[0]!.users[1]).toEqual({ pid: linked, fd: 5, name: 'linked' })
      await system.kill(linked, 9)
      await system.wait(linked)
      expect((await system.fstat(listener)).mode).toBe(0o140777)
      expect(await system.readlink(`/proc/self/fd/${listener}`)).toMatch(/^socket:\[\d+\]$/)
      await system.close(client)
      await system.close(end)
      expect((await system.sockets()).filter(({ state }) => state === 'TIME-WAIT')).toMatchObject([
        { local: internet('127.0.0.1', 32768), peer: internet('127.0.0.1', 8000), users: [] },
      ])
    }))
})
