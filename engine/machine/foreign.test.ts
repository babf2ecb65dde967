import { describe, expect, test } from 'vitest'
import { asPrograms, exitStatus } from '../../test/support/machine.ts'
import { createMachine } from './create-machine.ts'
import type { ForeignStart } from './machine.ts'
import type { Command, Process } from './process.ts'
import { signals } from './signals.ts'
import { O_CLOEXEC, O_CREAT, O_RDONLY, O_WRONLY, WUNTRACED } from './system-calls.ts'

const text = (data: Uint8Array) => new TextDecoder().decode(data)
const bytes = (data: string) => new TextEncoder().encode(data)

/** A machine with a program `alien` that does what the test tells it to, from outside of the kernel. */
async function withAlien(run: (process: Process, alien: ReturnType<typeof makeAlien>) => Promise<void>, commands: Record<string, Command> = {}) {
  const alien = makeAlien()
  let failure: { error: unknown } | undefined
  let finished = false
  const main: Command = async (_args, process) => {
    await run(process, alien).catch((error: unknown) => {
      failure = { error }
    })
    finished = true
    return 0
  }
  const machine = createMachine({
    programs: { ...asPrograms({ ...commands, main }), alien: { path: '/opt/bin/alien', program: { kind: 'foreign', program: alien }, links: ['alien3'] } },
  })
  await machine.start({ path: '/usr/bin/main', argv: ['main'], env: {}, cwd: '/home/user' }).ended
  await machine.killAll()
  if (failure) throw failure.error
  expect(finished).toBe(true)
}

function makeAlien() {
  const started: ForeignStart[] = []
  const told: string[] = []
  let taken = 0
  return {
    /** Its code takes note of what it was told. */
    take: () => void (taken = told.length),
    started,
    told,
    last: () => started.at(-1)!,
    start(start: ForeignStart) {
      if (start.argv[1] === 'refuse') throw new Error('no worker\nleft')
      started.push(start)
      return {
        signal: (signal: number) => void told.push(`signal ${signal}`),
        get signalled() {
          return told.length > taken
        },
        terminate: () => void told.push('terminate'),
        used: () => 5 * 10 ** started.indexOf(start),
      }
    },
  }
}
const request = { path: '/opt/bin/alien3', argv: ['alien', '-x'], env: { A: '1' } }

describe('a foreign program', () => {
  test('is started with what it needs, makes system calls and exits', () =>
    withAlien(async ({ system, reader }, alien) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ ...request, fds: { 1: writeEnd } })
      await system.close(writeEnd)
      const { system: calls, exit, ...start } = alien.last()
      expect(start).toMatchObject({ pid, path: '/opt/bin/alien3', argv: ['alien', '-x'], env: { A: '1' } })
      expect(await calls.getpid()).toBe(pid)
      await calls.write(1, bytes('hello'))
      exit(3)
      expect(text(await reader(readEnd).all())).toBe('hello')
      expect(exitStatus(await system.wait(pid))).toBe(3)
      expect(alien.told).toEqual([])
      expect(() => calls.getpid()).toThrow('gone')
      exit(4)
    }))

  test('is told its processor time, that of the programs before it and that of its children', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      expect(await alien.last().system.times()).toEqual({ own: 5, children: 0 })
      await expect(async () => alien.last().system.exec('/opt/bin/alien', ['alien', 'second'], {})).rejects.toMatchObject({ name: 'Killed' })
      const second = alien.last()
      const child = await second.system.spawn(request)
      const grandchild = await alien.last().system.spawn(request)
      const [parent, last] = alien.started.slice(-2)
      last!.exit(0)
      await parent!.system.wait(grandchild)
      parent!.exit(0)
      expect(await second.system.times()).toEqual({ own: 55, children: 0 })
      await second.system.wait(child)
      expect(await second.system.times()).toEqual({ own: 55, children: 5500 })
      expect((await system.processes()).find((row) => row.pid === pid)?.cpu).toBe(55)
      second.exit(0)
      await system.wait(pid)
      expect(await system.times()).toEqual({ own: 0, children: 5555 })
    }))

  test('is terminated when it is killed; its waiting calls end', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      const sleeping = Promise.resolve(alien.last().system.sleep(1e9))
      await system.kill(pid, signals.SIGTERM)
      expect(await system.wait(pid)).toMatchObject({ kind: 'signaled', signal: signals.SIGTERM })
      await expect(sleeping).rejects.toMatchObject({ name: 'Killed' })
      expect(alien.told).toEqual(['terminate'])
    }))

  test('is told of signals that it handles, and its waiting call is interrupted', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      const calls = alien.last().system
      await calls.sigaction(signals.SIGINT, 'handle')
      const sleeping = Promise.resolve(calls.sleep(1e9))
      await system.kill(pid, signals.SIGINT)
      await expect(sleeping).rejects.toMatchObject({ code: 'EINTR' })
      expect(alien.told).toEqual([`signal ${signals.SIGINT}`])
    }))

  test('does not begin to wait while a signal is on its way to it', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      const calls = alien.last().system
      const [readEnd, writeEnd] = await calls.pipe()
      await calls.sigaction(signals.SIGINT, 'handle')
      await system.kill(pid, signals.SIGINT)
      expect(() => calls.read(readEnd, 1)).toThrow('Interrupted system call')
      expect(await calls.write(writeEnd, new Uint8Array(70_000))).toBe(65_536)
      expect(await calls.read(readEnd, 1)).toHaveLength(1)
      alien.take()
      const sleeping = Promise.resolve(calls.sleep(1e9))
      await system.kill(pid, signals.SIGINT)
      await expect(sleeping).rejects.toMatchObject({ code: 'EINTR' })
    }))

  test('a signal that comes while it is stopped interrupts its calls, those made meanwhile too, when it goes on', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      const calls = alien.last().system
      await calls.sigaction(signals.SIGINT, 'handle')
      const before = Promise.resolve(calls.sleep(1e9))
      await system.kill(pid, signals.SIGSTOP)
      const meanwhile = Promise.resolve(calls.sleep(1e9))
      await system.kill(pid, signals.SIGINT)
      await system.sleep(1)
      expect(alien.told).toEqual([])
      await system.kill(pid, signals.SIGCONT)
      await expect(before).rejects.toMatchObject({ code: 'EINTR' })
      await expect(meanwhile).rejects.toMatchObject({ code: 'EINTR' })
    }))

  test('does not get answers while it is stopped', () =>
    withAlien(async ({ system }, alien) => {
      const pid = await system.spawn(request)
      await system.kill(pid, signals.SIGSTOP)
      await system.wait(pid, WUNTRACED)
      let answered = false
      const answer = Promise.resolve(alien.last().system.getcwd()).then(() => (answered = true))
      await system.sleep(2)
      expect(answered).toBe(false)
      await system.kill(pid, signals.SIGCONT)
      await answer
    }))

  test('whose worker dies leaves a line on stderr', () =>
    withAlien(async ({ system, reader }, alien) => {
      const [readEnd, writeEnd] = await system.pipe()
      const fds = { 2: writeEnd }
      const pid = await system.spawn({ ...request, fds })
      alien.last().crash(signals.SIGSEGV, 'out of\nmemory')
      expect(await system.wait(pid)).toMatchObject({ kind: 'signaled', signal: signals.SIGSEGV })
      const refused = await system.spawn({ ...request, argv: ['alien', 'refuse'], fds })
      expect(await system.wait(refused)).toMatchObject({ kind: 'signaled', signal: signals.SIGABRT })
      await system.close(writeEnd)
      expect(text(await reader(readEnd).all())).toBe('out of memory\nno worker left\n')
    }))

  test('replaces itself by exec: the old one is terminated, pid and descriptors stay', () =>
    withAlien(
      async ({ system }, alien) => {
        const pid = await system.spawn(request)
        const calls = alien.last().system
        await calls.open('kept', O_WRONLY | O_CREAT)
        await calls.open('closed', O_WRONLY | O_CREAT | O_CLOEXEC)
        await expect(async () => calls.exec('/nowhere', [], {})).rejects.toMatchObject({ code: 'ENOENT' })
        expect(alien.told).toEqual([])
        await expect(async () => calls.exec('/opt/bin/alien', ['alien', 'second'], {})).rejects.toMatchObject({ name: 'Killed' })
        expect(alien.told).toEqual(['terminate'])
        const second = alien.last()
        expect(second).toMatchObject({ pid, argv: ['alien', 'second'] })
        expect((await second.system.readdir('/proc/self/fd')).map(({ name }) => name)).toEqual(['0', '1', '2', '3'])
        await expect(async () => second.system.exec('/usr/bin/status', ['status', '7'], {})).rejects.toMatchObject({ name: 'Killed' })
        expect(exitStatus(await system.wait(pid))).toBe(7)
      },
      { status: async ([status]) => Number(status) },
    ))

  test('has children of its own', () =>
    withAlien(
      async ({ system }, alien) => {
        await system.spawn(request)
        const { system: calls, exit } = alien.last()
        const [readEnd, writeEnd] = await calls.pipe()
        const child = await calls.spawn({ path: '/usr/bin/say', argv: ['say'], env: {}, fds: { 1: writeEnd } })
        await calls.close(writeEnd)
        expect(text(await calls.read(readEnd, 10))).toBe('said')
        expect(await calls.wait(child)).toEqual({ pid: child, kind: 'exited', status: 0 })
        await calls.close(await calls.open('/etc/passwd', O_RDONLY))
        exit(0)
        expect(exitStatus(await system.wait(-1))).toBe(0)
      },
      {
        say: async (_args, { stdout }) => {
          await stdout.write('said')
          return 0
        },
      },
    ))
})
