import { describe, expect, test } from 'vitest'
import { cat } from '../commands/cat.ts'
import { sleep } from '../commands/sleep.ts'
import { createMachine } from '../machine/create-machine.ts'
import { asPrograms, usualEnvironment, writeFiles, type TestFile } from '../../test/support/machine.ts'
import { createShell, type ShellHooks } from './create-shell.ts'
import type { ShellState } from './shell-state.ts'

/** A shell on a terminal: `type` sends keys and resolves when the shell waits at a prompt (or `until` has been printed). */
function open(hooks: ShellHooks = {}, env: Record<string, string> = {}, files: Record<string, TestFile> = {}) {
  const plain = createShell()
  const first = createShell(hooks)
  let leader = 0
  const machine = createMachine({
    programs: {
      ...asPrograms({ cat, sleep }),
      bash: { path: '/usr/bin/bash', links: ['/usr/bin/sh'], program: { kind: 'command', run: (args, process) => (process.pid === leader ? first : plain)(args, process) } },
    },
  })
  writeFiles(machine.fs, { 'aa1': '', 'aa2': '', 'with space': '', 'dir/inner.txt': 'x', ...files })
  const terminal = machine.openTerminal({ rows: 24, columns: 40 })
  let output = ''
  let heard: (() => void) | undefined
  terminal.onOutput = (bytes) => {
    output += new TextDecoder().decode(bytes)
    heard?.()
  }
  const shell = machine.start({ path: '/bin/bash', argv: ['bash'], env: { ...usualEnvironment, PS1: '$ ', ...env }, cwd: '/home/user', terminal })
  leader = shell.pid
  const until = async (wanted: string, from: number) => {
    while (!output.slice(from).includes(wanted)) await new Promise<void>((resolve) => (heard = resolve))
  }
  return {
    machine, terminal, shell, until,
    get output() {
      return output
    },
    /** Waits until a program has the terminal; with `reads`, until it waits for input. */
    async running(name: string, reads = false) {
      while (terminal.foreground()?.argv[0] !== name || (reads && !terminal.waiting)) await new Promise((resolve) => setTimeout(resolve, 2))
    },
    prompt: () => until('\x1b]133;B\x07', 0),
    async type(keys: string, wanted = '\x1b]133;B\x07') {
      const from = output.length
      terminal.input(new TextEncoder().encode(keys))
      await until(wanted, from)
      return plainText(output.slice(from))
    },
  }
}

/** What a person reads: without marks and modes. */
const plainText = (text: string) => text.replace(/\x1b\][^\x07]*\x07|\x1b\[\?2004[hl]\r?/g, '').replaceAll('\r\n', '\n')

describe('the interactive shell', () => {
  test('marks its prompts, commands and directory', async () => {
    const session = open()
    await session.prompt()
    await session.type('cd dir; false\r')
    expect(session.output).toBe(
      '\x1b[?2004h\x1b]7;file://talk/home/user\x07\x1b]133;A\x07$ \x1b]133;B\x07cd dir; false\r\n\x1b[?2004l\r\x1b]133;C\x07\x1b]133;D;1\x07'
      + '\x1b[?2004h\x1b]7;file://talk/home/user/dir\x07\x1b]133;A\x07$ \x1b]133;B\x07',
    )
  }, 20_000)

  test('gives each job the terminal, and takes it back', async () => {
    const session = open()
    await session.prompt()
    await session.type('cat\r', '\x1b]133;C\x07')
    await session.running('cat', true)
    expect(await session.type('hello\r', 'hello\r\nhello\r\n')).toBe('hello\nhello\n')
    expect(await session.type('\x1a')).toBe('^Z\n[1]+  Stopped                 cat\n$ ')
    expect(await session.type('jobs\r')).toBe('jobs\n[1]+  Stopped                 cat\n$ ')
    await session.type('fg\r', 'cat\r\n')
    await session.running('cat', true)
    expect(await session.type('\x03')).toBe('^C\n$ ')
    expect(await session.type('echo $?\r')).toBe('echo $?\n130\n$ ')
  }, 20_000)

  test('an interrupt ends a loop of builtins, a waiting read, and a typed line', async () => {
    const session = open()
    await session.prompt()
    await session.type('while :; do :; done\r', '\x1b]133;C\x07')
    expect(await session.type('\x03')).toBe('^C\n$ ')
    await session.type('read x; echo never\r', '\x1b]133;C\x07')
    await session.running('bash', true)
    expect(await session.type('\x03')).toBe('^C\n$ ')
    expect(await session.type('half a line\x03')).toBe('half a line^C\n$ ')
    await session.type('sleep 100; echo never\r', '\x1b]133;C\x07')
    expect(await session.type('\x03')).toBe('^C\n$ ')
  }, 20_000)

  test('tells of background jobs before the next prompt', async () => {
    const session = open()
    await session.prompt()
    expect(await session.type('sleep 100 &\r')).toMatch(/^sleep 100 &\n\[1\] \d+\n\$ $/)
    await session.type('kill %1; sleep 0.01\r')
    await session.type('\r')
    expect(session.output).toContain('[1]+  Terminated              sleep 100\r\n')
    expect(await session.type('exit 3 | cat & wait\r')).toMatch(/\$ $/)
  }, 20_000)

  test('warns once of stopped jobs, then exits', async () => {
    const session = open()
    await session.prompt()
    await session.type('sleep 100\r', '\x1b]133;C\x07')
    await session.running('sleep')
    await session.type('\x1a')
    expect(await session.type('exit\r')).toBe('exit\nexit\nThere are stopped jobs.\n$ ')
    session.terminal.input(new TextEncoder().encode('exit\r'))
    expect(await session.shell.ended).toMatchObject({ kind: 'exited' })
  }, 20_000)

  test('Ctrl-D on an empty line exits with the last status', async () => {
    const session = open()
    await session.prompt()
    await session.type('(exit 4)\r')
    session.terminal.input(Uint8Array.of(4))
    expect(await session.shell.ended).toMatchObject({ kind: 'exited', status: 4 })
    expect(session.output).toMatch(/exit\r\n$/)
  }, 20_000)

  test('asks for the rest of a command, and remembers it as one line', async () => {
    const session = open()
    await session.prompt()
    await session.type('for i in 1 2\r')
    await session.type('do echo $i\r')
    expect(await session.type('done\r')).toBe('done\n1\n2\n$ ')
    expect(await session.type('\x1b[A\r')).toBe('for i in 1 2; do echo $i; done\n1\n2\n$ ')
    expect(await session.type('!! | cat\r')).toBe('!! | cat\nfor i in 1 2; do echo $i; done | cat\n1\n2\n$ ')
  }, 20_000)

  test('completes commands, files and variables', async () => {
    const session = open()
    await session.prompt()
    expect(await session.type('unal\t', 'unalias ')).toBe('unalias ')
    await session.type('\x15', '\x1b[J')
    expect(await session.type('ls wi\t', 'space ')).toBe('ls with\\ space ')
    expect(await session.type('dir/\t', 'inner.txt ')).toBe('dir/inner.txt ')
    expect(await session.type('a\t\t', 'ls with\\ space dir/inner.txt aa')).toContain('\naa1  aa2  \n')
    await session.type('\x15', '\x1b[J')
    expect(await session.type('echo $HOM\t', '$HOME')).toContain('echo $HOME')
  }, 20_000)

  test('a program finds the terminal as it was', async () => {
    const session = open()
    await session.prompt()
    expect(await session.type('read -s x\r', '\x1b]133;C\x07')).toBe('read -s x\n')
    await session.running('bash', true)
    expect(await session.type('secret\r')).toBe('$ ')
    expect(await session.type('read y; echo "$x $y"\r', '\x1b]133;C\x07')).toContain('read y')
    await session.running('bash', true)
    expect(await session.type('shown\r')).toBe('shown\nsecret shown\n$ ')
  }, 20_000)

  test('draws anew when the window changes', async () => {
    const session = open()
    await session.prompt()
    await session.type('echo 1234567890', '90')
    const from = session.output.length
    session.terminal.resize({ rows: 24, columns: 10 })
    await session.until('90', from)
    expect(session.output.slice(from)).toBe('\x1b[1A\r\x1b[J$ echo 1234567890')
  }, 20_000)

  test('a plain prompt where the terminal is dumb', async () => {
    const session = open({}, { TERM: 'dumb' })
    await session.until('$ ', 0)
    await session.type('echo hi\r', '\r\nhi\r\n$ ')
    expect(session.output).toBe('$ echo hi\r\nhi\r\n$ ')
  }, 20_000)

  test('a function command_not_found_handle gets the words of what is not found, in a subshell', async () => {
    const bash = open()
    await bash.prompt()
    await bash.type('command_not_found_handle() { echo "not found: $# $*"; x=5; return 42; }\r')
    expect(await bash.type("nothere 'a  b'\r")).toBe("nothere 'a  b'\nnot found: 2 nothere a  b\n$ ")
    expect(await bash.type('echo $? "[$x]"; nothere | cat\r')).toBe('echo $? "[$x]"; nothere | cat\n42 []\nnot found: 1 nothere\n$ ')
  }, 20_000)

  test('reads the system\'s file, then the person\'s', async () => {
    const program = { '/usr/lib/command-not-found': { bytes: '#!/bin/sh\necho "told: $*"', mode: 0o755 } }
    const bash = open({}, {}, program)
    await bash.prompt()
    expect(await bash.type('nothere\r')).toBe('nothere\ntold: -- nothere\n$ ')
    const mine = open({}, {}, { ...program, '.bashrc': 'command_not_found_handle() { echo mine "$@"; }' })
    await mine.prompt()
    expect(await mine.type('nothere\r')).toBe('nothere\nmine nothere\n$ ')
  }, 20_000)

  test('a state from a prompt brings the session back', async () => {
    let kept: ShellState | undefined
    const session = open({ onPrompt: (state) => (kept = structuredClone(state)) })
    await session.prompt()
    await session.type('x=kept; f() { echo "f $x"; }; alias g=f; set -- p q; set +o histexpand; cd dir; (exit 5)\r')
    const again = open({ initial: kept }, {}, { '.bashrc': 'x=read' })
    await again.prompt()
    expect(await again.type('echo $? $# $PWD; g; [ -o histexpand ] || echo same\r')).toContain('\n5 2 /home/user/dir\nf kept\nsame\n$ ')
    expect(await again.type('\x1b[A\x1b[A', '(exit 5)')).toContain('x=kept; f()')
  }, 20_000)
})
