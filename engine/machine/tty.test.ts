import { describe, expect, test } from 'vitest'
import { asPrograms } from '../../test/support/machine.ts'
import { createMachine } from './create-machine.ts'
import type { Machine, TerminalPort } from './machine.ts'
import type { Command, Process } from './process.ts'
import { signals } from './signals.ts'
import { POLLIN, WUNTRACED, type WaitStatus } from './system-calls.ts'
import { cc, lflag } from './termios.ts'
import { nextTurn } from './turn.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)
const size = { rows: 24, columns: 80 }

const cat: Command = async (_args, { stdin, stdout }) => {
  for await (const line of stdin.lines()) await stdout.write(`<${text(line)}>`)
  return 0
}
const spin: Command = async (_args, { breathe }) => {
  for (;;) await breathe()
}
const hang: Command = async (_args, { system }) => {
  await system.sleep(Infinity)
  return 0
}
const child = (name: string) => ({ path: `/usr/bin/${name}`, argv: [name], env: {} })

/** A machine with one terminal; all that it shows is collected. */
function terminalMachine(commands: Record<string, Command>) {
  const machine = createMachine({ programs: asPrograms({ cat, spin, hang, ...commands }) })
  const terminal = machine.openTerminal(size)
  let shown = ''
  terminal.onOutput = (output) => {
    shown += text(output)
  }
  return {
    machine,
    terminal,
    shown: () => shown,
    start: (name: string) => machine.start({ ...child(name), terminal }),
    type: (typed: string) => terminal.input(bytes(typed)),
    /** Until what is asked for is true; the test's own limit ends a wait in vain. */
    until: async (condition: () => boolean) => {
      while (!condition()) await nextTurn()
    },
  }
}

/** Runs `run` as the leader of the terminal's session. */
async function asLeader<T>(run: (process: Process, world: ReturnType<typeof terminalMachine>) => Promise<T>, commands: Record<string, Command> = {}) {
  let outcome: { value: T } | { error: unknown } | undefined
  const world = terminalMachine({
    ...commands,
    leader: async (_args, process) => {
      outcome = await run(process, world).then((value) => ({ value }), (error: unknown) => ({ error }))
      return 0
    },
  })
  const status = await world.start('leader').ended
  if (!outcome) throw new Error(`the leader itself ended: ${JSON.stringify(status)}`)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

describe('a terminal', () => {
  test('shows, echoes, gives lines and ends at ^D', async () => {
    const { start, type, shown, until, terminal } = terminalMachine({})
    type('ahead\r')
    const { ended } = start('cat')
    await until(() => terminal.waiting)
    type('lin\x7fne\r\x04')
    expect(await ended).toMatchObject({ kind: 'exited', status: 0 })
    expect(shown()).toBe('ahead\r\n<ahead\r\n>lin\b \bne\r\n<line\r\n>')
  })

  test.each([
    ['\x03', '^C', signals.SIGINT],
    ['\x1c', '^\\', signals.SIGQUIT],
  ])('%j ends a program that computes', async (typed, echo, signal) => {
    const { start, type, shown } = terminalMachine({})
    const { ended } = start('spin')
    setTimeout(() => type(typed), 20)
    expect(await ended).toMatchObject({ kind: 'signaled', signal })
    expect(shown()).toBe(echo)
  })

  test('^C ends a program that only starts others', async () => {
    const { start, type } = terminalMachine({
      nothing: async () => 0,
      loop: async (_args, { system }) => {
        for (;;) {
          const pid = await system.spawn(child('nothing'))
          await system.wait(pid)
        }
      },
    })
    const { ended } = start('loop')
    setTimeout(() => type('\x03'), 20)
    expect(await ended).toMatchObject({ kind: 'signaled', signal: signals.SIGINT })
  })

  test('tells when a program waits for input, by read or by poll', async () => {
    const poll: Command = async (_args, { system }) => {
      await system.poll([{ fd: 0, events: POLLIN }], -1)
      return 0
    }
    for (const name of ['cat', 'poll']) {
      const { start, type, terminal } = terminalMachine({ poll })
      const told: boolean[] = []
      const { ended } = start(name)
      const waiting = new Promise<void>((resolve) => {
        terminal.onWaiting = (now) => {
          told.push(now)
          resolve()
        }
      })
      expect(terminal.waiting).toBe(false)
      await waiting
      expect(terminal.waiting).toBe(true)
      type('\x04')
      await ended
      expect(told.slice(0, 2)).toEqual([true, false])
      expect(terminal.waiting).toBe(false)
    }
  })

  test('knows its foreground program and its size, and says so', async () => {
    await asLeader(async ({ system, onSignal, pid }, { terminal }) => {
      let changes = 0
      onSignal(signals.SIGWINCH, () => changes++)
      expect(await system.getWindowSize(1)).toEqual(size)
      expect(await system.ttyname(0)).toBe('/dev/pts/0')
      expect(terminal.foreground()).toEqual({ pgid: pid, argv: ['leader'] })
      terminal.resize({ rows: 30, columns: 100 })
      terminal.resize({ rows: 30, columns: 100 })
      expect(await system.getWindowSize(1)).toEqual({ rows: 30, columns: 100 })
      expect(changes).toBe(1)
      expect(await system.isatty(0)).toBe(true)
      await expect(async () => system.tcgetattr((await system.pipe())[0])).rejects.toMatchObject({ code: 'ENOTTY' })
    })
  })

  test('holds writers back while its outside is busy, and by ^S', async () => {
    let released = () => {}
    const { machine, terminal } = terminalMachine({
      big: async (_args, { system }) => {
        await system.write(1, new Uint8Array(200_000).fill(0x78))
        return 0
      },
    })
    let shown = 0
    terminal.onOutput = (output) => {
      shown += output.length
      return new Promise<void>((resolve) => {
        released = resolve
      })
    }
    terminal.input(bytes('\x13'))
    const { ended } = machine.start({ ...child('big'), terminal })
    for (let i = 0; i < 5; i++) await nextTurn()
    expect(shown).toBe(0)
    terminal.input(bytes('\x11'))
    for (let i = 0; i < 5; i++) await nextTurn()
    expect(shown).toBeGreaterThan(0)
    expect(shown).toBeLessThan(100_000)
    const step = setInterval(() => released(), 1)
    await ended
    while (shown < 200_000) await nextTurn()
    clearInterval(step)
    expect(shown).toBe(200_000)
  })

  test('^C drops output that was not shown yet', async () => {
    const { machine, terminal, type } = terminalMachine({
      flood: async (_args, { system }) => {
        for (;;) await system.write(1, new Uint8Array(10_000).fill(0x78))
      },
    })
    let shown = ''
    let release = () => {}
    terminal.onOutput = (output) => {
      shown += text(output)
      return new Promise<void>((resolve) => {
        release = resolve
      })
    }
    const { ended } = machine.start({ ...child('flood'), terminal })
    await nextTurn()
    type('\x03')
    expect(await ended).toMatchObject({ signal: signals.SIGINT })
    release()
    while (!shown.endsWith('^C')) await nextTurn()
    expect(shown.length).toBeLessThan(70_000)
  })

  test('raw with VTIME: a read ends without input', () =>
    asLeader(async ({ system }, { type }) => {
      const modes = await system.tcgetattr(0)
      modes.lflag &= ~(lflag.ICANON | lflag.ECHO)
      modes.cc[cc.VMIN] = 0
      modes.cc[cc.VTIME] = 1
      await system.tcsetattr(0, 'flush', modes)
      expect(await system.read(0, 10)).toHaveLength(0)
      type('x')
      expect(text(await system.read(0, 10))).toBe('x')
    }))
})

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

test('two terminals of one machine are apart', async () => {
  const machine: Machine = createMachine({ programs: asPrograms({ cat }) })
  const shown: string[] = ['', '']
  const terminals: TerminalPort[] = [0, 1].map((i) => {
    const terminal = machine.openTerminal(size)
    terminal.onOutput = (output) => void (shown[i] += text(output))
    return terminal
  })
  const ended = terminals.map((terminal) => machine.start({ ...child('cat'), terminal }).ended)
  terminals[0]!.input(bytes('\x03'))
  terminals[1]!.input(bytes('two\r\x04'))
  expect(await Promise.all(ended)).toMatchObject([{ kind: 'signaled' }, { kind: 'exited' }])
  expect(shown).toEqual(['^C', 'two\r\n<two\r\n>'])
  expect(terminals.map(({ path }) => path)).toEqual(['/dev/pts/0', '/dev/pts/1'])
})
