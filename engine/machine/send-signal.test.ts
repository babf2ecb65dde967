import { describe, expect, test } from 'vitest'
import { inMachine, runCommand } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { signals } from './signals.ts'
import { WUNTRACED } from './system-calls.ts'

const hang: Command = async (_args, { system }) => {
  await system.sleep(Infinity)
  return 0
}
const child = (name: string, ...args: string[]) => ({ path: `/usr/bin/${name}`, argv: [name, ...args], env: {} })

describe('a killed command', () => {
  test('unwinds, and nothing that it calls happens any more', async () => {
    const trace: string[] = []
    const stubborn: Command = async (_args, { system, stdout, breathe }) => {
      try {
        await stdout.write('held back')
        await system.sleep(Infinity)
      } finally {
        trace.push('finally')
        for (const call of [() => system.unlink('precious'), () => system.getpid(), () => breathe(), () => stdout.flush()]) {
          try {
            await call()
            trace.push('done')
          } catch (error) {
            trace.push((error as Error).name)
          }
        }
      }
      return 0
    }
    await inMachine(
      { stubborn },
      async ({ system }) => {
        const [readEnd, writeEnd] = await system.pipe()
        const pid = await system.spawn({ ...child('stubborn'), fds: { 1: writeEnd } })
        await system.close(writeEnd)
        await system.sleep(5)
        await system.kill(pid, signals.SIGKILL)
        expect(await system.read(readEnd, 10)).toHaveLength(0)
        expect(await system.wait(pid)).toEqual({ pid, kind: 'signaled', signal: 9 })
        await system.stat('precious')
        await system.sleep(5)
        expect(trace).toEqual(['finally', 'Killed', 'Killed', 'Killed', 'Killed'])
      },
      { files: { precious: '' } },
    )
  })

  test('that catches everything does not spin for ever', async () => {
    let refused = 0
    const spin: Command = async (_args, { system }) => {
      for (;;) {
        try {
          await system.sleep(1)
        } catch {
          refused++
        }
      }
    }
    await inMachine({ spin }, async ({ system }) => {
      const pid = await system.spawn(child('spin'))
      await system.sleep(3)
      await system.kill(pid, signals.SIGTERM)
      await system.sleep(20)
      const after = refused
      await system.sleep(20)
      expect(refused).toBe(after)
    })
  })

  test('may be one that only computes and breathes, or only makes system calls', async () => {
    const breathing: Command = async (_args, { breathe }) => {
      for (;;) await breathe()
    }
    const calling: Command = async (_args, { system }) => {
      for (;;) await system.getpid()
    }
    await inMachine({ breathing, calling }, async ({ system }) => {
      for (const name of ['breathing', 'calling']) {
        const pid = await system.spawn(child(name))
        await system.sleep(30)
        await system.kill(pid, signals.SIGINT)
        expect(await system.wait(pid)).toEqual({ pid, kind: 'signaled', signal: 2 })
      }
    })
  })
})

describe('actions', () => {
  test('handled signals run their handler and interrupt a waiting call', async () => {
    const handling: Command = async (_args, { system, stdout, onSignal }) => {
      onSignal(signals.SIGUSR1, () => void stdout.write('handled '))
      await system.write(1, new TextEncoder().encode('ready\n'))
      try {
        await system.sleep(Infinity)
      } catch (error) {
        await stdout.write((error as { code: string }).code)
      }
      return 0
    }
    await inMachine({ handling }, async ({ system, reader }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ ...child('handling'), fds: { 1: writeEnd } })
      await system.close(writeEnd)
      await system.read(readEnd, 100)
      await system.kill(pid, signals.SIGUSR1)
      expect(new TextDecoder().decode(await reader(readEnd).all())).toBe('handled EINTR')
    })
  })

  test('a handler that throws ends its own process, not the sender', async () => {
    const faulty: Command = async (_args, { system, onSignal }) => {
      onSignal(signals.SIGTERM, () => {
        throw new RangeError('oops')
      })
      for (;;) {
        try {
          await system.sleep(Infinity)
        } catch (error) {
          if ((error as { code?: string }).code !== 'EINTR') throw error
        }
      }
    }
    await inMachine({ faulty }, async ({ system, reader }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ ...child('faulty'), fds: { 2: writeEnd } })
      await system.close(writeEnd)
      await system.sleep(2)
      await system.kill(pid, signals.SIGTERM)
      expect(await system.wait(pid)).toEqual({ pid, kind: 'exited', status: 70 })
      expect(new TextDecoder().decode(await reader(readEnd).all())).toBe('faulty: RangeError: oops\n')
    })
  })

  test('ignored signals stay ignored in children, handled ones do not; `ignore` decides otherwise', () =>
    inMachine({ hang }, async ({ system, onSignal }) => {
      await system.sigaction(signals.SIGHUP, 'ignore')
      onSignal(signals.SIGTERM, () => {})
      const inheriting = await system.spawn(child('hang'))
      const plain = await system.spawn({ ...child('hang'), ignore: [] })
      await system.kill(inheriting, signals.SIGHUP)
      await system.kill(plain, signals.SIGHUP)
      expect(await system.wait(plain)).toMatchObject({ signal: signals.SIGHUP })
      await system.kill(inheriting, signals.SIGTERM)
      expect(await system.wait(inheriting)).toMatchObject({ signal: signals.SIGTERM })
    }))

  test('the last writer of a pipe without readers is ended by SIGPIPE, or told EPIPE', async () => {
    const yes: Command = async (_args, { stdout }) => {
      for (;;) await stdout.write('y\n')
    }
    await inMachine({ yes }, async ({ system }) => {
      const run = async () => {
        const [readEnd, writeEnd] = await system.pipe()
        const pid = await system.spawn({ ...child('yes'), fds: { 1: writeEnd } })
        await system.close(writeEnd)
        expect(await system.read(readEnd, 4)).toHaveLength(4)
        await system.close(readEnd)
        return system.wait(pid)
      }
      expect(await run()).toMatchObject({ kind: 'signaled', signal: signals.SIGPIPE })
      await system.sigaction(signals.SIGPIPE, 'ignore')
      expect(await run()).toMatchObject({ kind: 'exited', status: 1 })
    })
  })

  test('SIGCHLD ignored: children are not waited for', () =>
    inMachine({ hang }, async ({ system }) => {
      await system.sigaction(signals.SIGCHLD, 'ignore')
      const pid = await system.spawn(child('hang'))
      const waiting = Promise.resolve(system.wait(-1))
      await system.kill(pid, signals.SIGKILL)
      await expect(waiting).rejects.toMatchObject({ code: 'ECHILD' })
    }))

  test('a handled SIGCHLD does not hide the child that sent it', () =>
    inMachine({ hang }, async ({ system, onSignal }) => {
      let told = 0
      onSignal(signals.SIGCHLD, () => told++)
      const pid = await system.spawn(child('hang'))
      setTimeout(() => void system.kill(pid, signals.SIGKILL), 2)
      expect(await system.wait(-1)).toMatchObject({ pid, signal: 9 })
      expect(told).toBe(1)
    }))

  test('alarm', () =>
    inMachine({}, async ({ system, onSignal }) => {
      let rings = 0
      onSignal(signals.SIGALRM, () => rings++)
      expect(await system.alarm(50_000)).toBe(0)
      expect(await system.alarm(1, 1)).toBeGreaterThan(40_000)
      await expect(async () => system.sleep(10_000)).rejects.toMatchObject({ code: 'EINTR' })
      await expect(async () => system.sleep(10_000)).rejects.toMatchObject({ code: 'EINTR' })
      await system.alarm(0)
      const rung = rings
      expect(rung).toBeGreaterThanOrEqual(2)
      await system.sleep(10)
      expect(rings).toBe(rung)
    }))
})

describe('stopping', () => {
  test('a stopped command does nothing until it is continued; signals wait, SIGKILL does not', async () => {
    const ticks: number[] = []
    const ticking: Command = async (_args, { system }) => {
      for (;;) {
        ticks.push(ticks.length)
        await system.sleep(1)
      }
    }
    await inMachine({ ticking, hang }, async ({ system }) => {
      const pid = await system.spawn(child('ticking'))
      await system.sleep(10)
      await system.kill(pid, signals.SIGSTOP)
      expect(await system.wait(pid, WUNTRACED)).toMatchObject({ kind: 'stopped' })
      const { length } = ticks
      await system.sleep(20)
      expect(ticks).toHaveLength(length)
      await system.kill(pid, signals.SIGCONT)
      await system.sleep(10)
      expect(ticks.length).toBeGreaterThan(length)

      await system.kill(pid, signals.SIGSTOP)
      await system.kill(pid, signals.SIGTERM)
      expect((await system.processes()).find((row) => row.pid === pid)).toMatchObject({ state: 'T' })
      await system.kill(pid, signals.SIGCONT)
      expect(await system.wait(pid)).toMatchObject({ kind: 'signaled', signal: signals.SIGTERM })

      const other = await system.spawn(child('hang'))
      await system.kill(other, signals.SIGSTOP)
      await system.kill(other, signals.SIGKILL)
      expect(await system.wait(other)).toMatchObject({ signal: 9 })
    })
  })

  test('a process that stops itself goes on after its call', async () => {
    const self: Command = async (_args, { system, pid, stdout }) => {
      await system.kill(pid, signals.SIGSTOP)
      await stdout.write('continued')
      return 0
    }
    await inMachine({ self }, async ({ system, reader }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ ...child('self'), fds: { 1: writeEnd } })
      await system.close(writeEnd)
      await system.wait(pid, WUNTRACED)
      expect(await system.available(readEnd)).toBe(0)
      await system.kill(pid, signals.SIGCONT)
      expect(new TextDecoder().decode(await reader(readEnd).all())).toBe('continued')
    })
  })
})

test('kill addresses groups; refuses nonsense', () =>
  inMachine({ hang }, async ({ system }) => {
    const leader = await system.spawn({ ...child('hang'), pgid: 0 })
    const member = await system.spawn({ ...child('hang'), pgid: leader })
    expect(await system.getpgid(member)).toBe(leader)
    await system.kill(-leader, signals.SIGTERM)
    expect(await system.wait(-leader)).toMatchObject({ signal: 15 })
    expect(await system.wait(-leader)).toMatchObject({ signal: 15 })
    await expect(async () => system.kill(-leader, 15)).rejects.toMatchObject({ code: 'ESRCH' })
    await expect(async () => system.kill(1, 15)).rejects.toMatchObject({ code: 'EPERM' })
    await expect(async () => system.kill(leader, 99)).rejects.toMatchObject({ code: 'EINVAL' })
    await expect(async () => system.sigaction(9, 'ignore')).rejects.toMatchObject({ code: 'EINVAL' })
    await expect(async () => system.spawn({ ...child('hang'), pgid: 4242 })).rejects.toMatchObject({ code: 'EPERM' })
  }))

test('an uncaught error does not kill the test machine', async () => {
  expect(await runCommand({ bad: async () => Promise.reject(new Error('x')) }, ['bad'])).toMatchObject({ status: 70, stderr: 'bad: Error: x\n' })
})

describe('a blocked signal', () => {
  test('waits until it is unblocked; one that is waited for is taken with its sender; children inherit the mask', () =>
    inMachine({ hang }, async ({ system, onSignal, pid }) => {
      let handled = 0
      onSignal(signals.SIGUSR1, () => handled++)
      expect(await system.sigprocmask([signals.SIGUSR1, signals.SIGKILL])).toEqual([])
      await system.kill(pid, signals.SIGUSR1)
      await system.kill(pid, signals.SIGUSR1)
      expect([handled, await system.sigpending()]).toEqual([0, [signals.SIGUSR1]])
      const blind = await system.spawn(child('hang'))
      await system.kill(blind, signals.SIGUSR1)
      await system.kill(blind, signals.SIGTERM)
      expect(await system.wait(blind)).toMatchObject({ signal: signals.SIGTERM })
      expect(await system.sigprocmask([])).toEqual([signals.SIGUSR1])
      expect([handled, await system.sigpending()]).toEqual([1, []])

      await system.sigprocmask([signals.SIGCHLD])
      const waiting = system.sigtimedwait([signals.SIGCHLD], -1)
      await system.kill(await system.spawn(child('hang')), signals.SIGTERM)
      expect(await waiting).toEqual({ signal: signals.SIGCHLD, pid: 0 })
      expect(await system.sigtimedwait([signals.SIGCHLD], 1)).toBeUndefined()
      await system.kill(pid, signals.SIGCHLD)
      expect(await system.sigtimedwait([signals.SIGCHLD], 0)).toEqual({ signal: signals.SIGCHLD, pid })
    }))

  test('stays blocked over a stop', () =>
    inMachine({ hang }, async ({ system }) => {
      await system.sigprocmask([signals.SIGTERM])
      const stopped = await system.spawn(child('hang'))
      await system.kill(stopped, signals.SIGSTOP)
      expect(await system.wait(stopped, WUNTRACED)).toMatchObject({ kind: 'stopped' })
      await system.kill(stopped, signals.SIGTERM)
      await system.kill(stopped, signals.SIGCONT)
      await system.sleep(2)
      expect((await system.processes()).map(({ pid }) => pid)).toContain(stopped)
      await system.kill(stopped, signals.SIGKILL)
      expect(await system.wait(stopped)).toMatchObject({ signal: signals.SIGKILL })
    }))
})
