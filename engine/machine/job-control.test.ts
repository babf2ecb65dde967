import { describe, expect, test } from 'vitest'
import { asLeader, child, size, terminalMachine } from '../../test/support/terminal.ts'
import type { Command } from './process.ts'
import { signals } from './signals.ts'
import { WUNTRACED, type WaitStatus } from './system-calls.ts'
import { lflag } from './termios.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('job control', () => {
  test('a new foreground group reads and gets the signals; the shell stays', () =>
    asLeader(async ({ system, onSignal, pid }, { type, terminal, until }) => {
      onSignal(signals.SIGINT, () => {
        throw new Error('not for the shell')
      })
      await system.sigaction(signals.SIGTTOU, 'ignore')
      const job = await system.spawn({ ...child('cat'), pgid: 0, foreground: 0, ignore: [] })
      expect(terminal.foreground()).toEqual({ pgid: job, argv: ['cat'] })
      const status = Promise.resolve(system.wait(job, WUNTRACED))
      await until(() => terminal.waiting)
      type('\x1a')
      expect(await status).toEqual({ pid: job, kind: 'stopped', signal: signals.SIGTSTP })
      expect(terminal.waiting).toBe(false)
      await system.tcsetpgrp(0, pid)
      await system.tcsetpgrp(0, job)
      await system.kill(-job, signals.SIGCONT)
      await until(() => terminal.waiting)
      type('\x03')
      expect(await system.wait(job)).toEqual({ pid: job, kind: 'signaled', signal: signals.SIGINT })
      await system.tcsetpgrp(0, pid)
    }))

  test('a background reader stops (SIGTTIN), and reads when it comes to the foreground', () =>
    asLeader(async ({ system }, { type, shown }) => {
      await system.sigaction(signals.SIGTTOU, 'ignore')
      const job = await system.spawn({ ...child('cat'), pgid: 0, ignore: [] })
      expect(await system.wait(job, WUNTRACED)).toEqual({ pid: job, kind: 'stopped', signal: signals.SIGTTIN })
      await system.tcsetpgrp(0, job)
      await system.kill(-job, signals.SIGCONT)
      type('hello\r\x04')
      expect(await system.wait(job)).toEqual({ pid: job, kind: 'exited', status: 0 })
      expect(shown()).toContain('<hello')
    }))

  test('a background process may write, unless TOSTOP; changing the terminal stops it (SIGTTOU)', () => {
    const change: Command = async (_args, { system, stdout }) => {
      await stdout.write('written\n')
      await system.tcsetattr(0, 'now', await system.tcgetattr(0))
      return 0
    }
    return asLeader(
      async ({ system }, { shown, until }) => {
        const job = await system.spawn({ ...child('change'), pgid: 0 })
        expect(await system.wait(job, WUNTRACED)).toEqual({ pid: job, kind: 'stopped', signal: signals.SIGTTOU })
        expect(shown()).toBe('written\r\n')
        const modes = await system.tcgetattr(0)
        await system.tcsetattr(0, 'now', { ...modes, lflag: modes.lflag | lflag.TOSTOP })
        const other = await system.spawn({ ...child('change'), pgid: 0 })
        expect(await system.wait(other, WUNTRACED)).toEqual({ pid: other, kind: 'stopped', signal: signals.SIGTTOU })
        await until(() => true)
        expect(shown()).toBe('written\r\n')
      },
      { change },
    )
  })

  test('an orphaned background reader gets EIO; /dev/tty is the own terminal or none', () => {
    const outcome: unknown[] = []
    const orphan: Command = async (_args, { system }) => {
      try {
        await system.sleep(5)
        await system.read(0, 1)
      } catch (error) {
        outcome.push((error as { code: string }).code)
      }
      await system.setsid()
      try {
        await system.open('/dev/tty', 2)
      } catch (error) {
        outcome.push((error as { code: string }).code)
      }
      return 0
    }
    const parent: Command = async (_args, { system }) => {
      await system.spawn(child('orphan'))
      return 0
    }
    return asLeader(
      async ({ system }, { until }) => {
        const fd = await system.open('/dev/tty', 2)
        expect(await system.getWindowSize(fd)).toEqual(size)
        await system.wait(await system.spawn({ ...child('parent'), pgid: 0 }))
        await until(() => outcome.length === 2)
        expect(outcome).toEqual(['EIO', 'ENXIO'])
      },
      { orphan, parent },
    )
  })

  test("with the session's leader the terminal is free again and the foreground hears SIGHUP", async () => {
    let job = 0
    const { machine, start, terminal, until, type, shown } = terminalMachine({
      shell: async (_args, { system }) => {
        job = await system.spawn({ ...child('hang'), pgid: 0, foreground: 0 })
        const modes = await system.tcgetattr(0)
        await system.sigaction(signals.SIGTTOU, 'ignore')
        await system.tcsetattr(0, 'now', { ...modes, lflag: 0 })
        return 0
      },
    })
    await start('shell').ended
    expect(job).toBeGreaterThan(0)
    expect(terminal.foreground()).toBeUndefined()
    const next = start('cat')
    await until(() => terminal.waiting)
    type('again\r\x04')
    expect(await next.ended).toMatchObject({ status: 0 })
    expect(shown()).toContain('<again\r\n>')
    await machine.killAll()
  })

  test('a hang-up ends the session: SIGHUP, then end of file, and the device is gone', async () => {
    const seen: (WaitStatus | string)[] = []
    const { start, terminal, until, machine } = terminalMachine({
      stubborn: async (_args, { system }) => {
        await system.sigaction(signals.SIGHUP, 'ignore')
        seen.push(`read ${(await system.read(0, 10)).length}`)
        try {
          await system.write(1, bytes('x'))
        } catch (error) {
          seen.push((error as { code: string }).code)
        }
        return 0
      },
    })
    const { ended } = start('stubborn')
    await until(() => terminal.waiting)
    terminal.hangup()
    expect(await ended).toMatchObject({ kind: 'exited', status: 0 })
    expect(seen).toEqual(['read 0', 'EIO'])
    expect(machine.fs.resolve('/dev/pts/0').ino).toBeUndefined()

    const other = terminalMachine({})
    const hung = other.start('hang')
    other.terminal.hangup()
    expect(await hung.ended).toMatchObject({ kind: 'signaled', signal: signals.SIGHUP })
  })
})
