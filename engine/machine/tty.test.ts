import { describe, expect, test } from 'vitest'
import { asPrograms } from '../../test/support/machine.ts'
import { asLeader, cat, child, size, terminalMachine } from '../../test/support/terminal.ts'
import { createMachine } from './create-machine.ts'
import type { Machine, TerminalPort } from './machine.ts'
import type { Command } from './process.ts'
import { signals } from './signals.ts'
import { POLLIN } from './system-calls.ts'
import { cc, lflag } from './termios.ts'
import { nextTurn } from './turn.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)

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
