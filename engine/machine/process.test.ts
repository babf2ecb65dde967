import { describe, expect, test } from 'vitest'
import { exitStatus, inMachine, readFile, runCommand } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { O_CREAT, O_RDONLY, O_WRONLY, O_APPEND, WNOHANG, WUNTRACED, WCONTINUED } from './system-calls.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)

const cat: Command = async (args, { stdin, stdout, system, reader }) => {
  const input = args[0] === undefined ? stdin : reader(await system.open(args[0], O_RDONLY))
  for (let chunk = await input.read(); chunk; chunk = await input.read()) await stdout.write(chunk)
  return 0
}
const exit: Command = async ([status = '0']) => Number(status)
const hang: Command = async (_args, { system }) => {
  await system.sleep(Infinity)
  return 0
}
const echo: Command = async (args, { stdout }) => {
  await stdout.write(`${args.join(' ')}\n`)
  return 0
}
const commands = { cat, exit, hang, echo }
const child = (name: string, ...args: string[]) => ({ path: `/usr/bin/${name}`, argv: [name, ...args], env: {} })

describe('a command', () => {
  test('reads its input, writes its output and has an exit status', async () => {
    expect(await runCommand(commands, ['cat'], { stdin: 'one\ntwo' })).toMatchObject({ status: 0, stdout: 'one\ntwo', stderr: '' })
    expect(await runCommand(commands, ['cat', 'a.txt'], { files: { 'a.txt': 'in a file' } })).toMatchObject({ status: 0, stdout: 'in a file' })
    expect(await runCommand(commands, ['exit', '300'])).toMatchObject({ status: 44 })
  })

  test('reports a failed system call in one line with status 1', async () => {
    expect(await runCommand(commands, ['cat', 'missing'])).toMatchObject({ status: 1, stderr: 'cat: missing: No such file or directory\n' })
  })

  test('is loud about its own defects', async () => {
    const broken: Command = async (_args, { stdout }) => {
      await stdout.write('so far')
      throw new TypeError('not a\nfunction')
    }
    expect(await runCommand({ broken }, ['broken'])).toMatchObject({ status: 70, stdout: 'so far', stderr: 'broken: TypeError: not a function\n' })
  })

  test('moves more than a pipe holds', async () => {
    const big = new Uint8Array(1_000_000).map((_, i) => i % 251)
    const { stdoutBytes } = await runCommand(commands, ['cat'], { stdin: big })
    expect(Buffer.compare(stdoutBytes, big)).toBe(0)
  })
})

describe('spawn and wait', () => {
  test('a child ends, is a zombie until waited for, and then is gone', () =>
    inMachine(commands, async ({ system }) => {
      const pid = await system.spawn(child('exit', '3'))
      await system.sleep(1)
      expect((await system.processes()).find((row) => row.pid === pid)).toMatchObject({ state: 'Z' })
      await system.kill(pid, 15)
      expect(await system.wait(-1)).toEqual({ pid, kind: 'exited', status: 3 })
      expect((await system.processes()).some((row) => row.pid === pid)).toBe(false)
      await expect(async () => system.wait(-1)).rejects.toMatchObject({ code: 'ECHILD' })
      await expect(async () => system.kill(pid, 0)).rejects.toMatchObject({ code: 'ESRCH' })
    }))

  test('WNOHANG, WUNTRACED and WCONTINUED', () =>
    inMachine(commands, async ({ system }) => {
      const pid = await system.spawn(child('hang'))
      expect(await system.wait(pid, WNOHANG)).toBeUndefined()
      await system.kill(pid, 19)
      expect(await system.wait(pid, WUNTRACED)).toEqual({ pid, kind: 'stopped', signal: 19 })
      expect(await system.wait(pid, WNOHANG | WUNTRACED)).toBeUndefined()
      await system.kill(pid, 18)
      expect(await system.wait(pid, WCONTINUED)).toEqual({ pid, kind: 'continued' })
      await system.kill(pid, 15)
      expect(await system.wait(pid)).toEqual({ pid, kind: 'signaled', signal: 15 })
    }))

  test('descriptors are given by number, and inherited without FD_CLOEXEC', () =>
    inMachine(commands, async ({ system, reader }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const pid = await system.spawn({ ...child('echo', 'hello'), fds: { 1: writeEnd } })
      await system.close(writeEnd)
      expect(text(await reader(readEnd).all())).toBe('hello\n')
      expect(exitStatus(await system.wait(pid))).toBe(0)
      const shared = await system.open('log', O_WRONLY | O_CREAT)
      await system.dup2(shared, 1)
      await system.wait(await system.spawn(child('echo', 'first')))
      await system.wait(await system.spawn(child('echo', 'second')))
      await system.setFlags(1, { closeOnExec: true })
      const closed = await system.spawn(child('echo', 'third'))
      expect(exitStatus(await system.wait(closed))).toBe(1)
      expect(text(await system.pread(await system.open('log', O_RDONLY), 100, 0))).toBe('first\nsecond\n')
    }))

  test('errors come before anything happens', () =>
    inMachine(
      commands,
      async ({ system }) => {
        await expect(async () => system.spawn(child('nothing'))).rejects.toMatchObject({ code: 'ENOENT', path: '/usr/bin/nothing' })
        await expect(async () => system.spawn({ ...child('exit'), path: 'plain' })).rejects.toMatchObject({ code: 'EACCES' })
        await expect(async () => system.spawn({ ...child('exit'), path: 'text' })).rejects.toMatchObject({ code: 'ENOEXEC' })
        await expect(async () => system.spawn({ ...child('exit'), path: '/usr/bin' })).rejects.toMatchObject({ code: 'EACCES' })
        await expect(async () => system.spawn({ ...child('exit'), cwd: 'plain' })).rejects.toMatchObject({ code: 'ENOTDIR' })
        await expect(async () => system.spawn({ ...child('exit'), fds: { 0: 77 } })).rejects.toMatchObject({ code: 'EBADF' })
        await expect(async () => system.wait(-1)).rejects.toMatchObject({ code: 'ECHILD' })
      },
      { files: { plain: 'x', text: { bytes: 'echo hi\n', mode: 0o755 } } },
    ))

  test('orphans go to init', () =>
    inMachine(
      {
        ...commands,
        parent: async (_args, { system }) => {
          await system.spawn(child('hang'))
          return 0
        },
      },
      async ({ system }) => {
        await system.wait(await system.spawn(child('parent')))
        const orphan = (await system.processes()).find((row) => row.argv[0] === 'hang')
        expect(orphan).toMatchObject({ ppid: 1 })
        await system.kill(orphan!.pid, 9)
        expect((await system.processes()).some((row) => row.argv[0] === 'hang')).toBe(false)
      },
    ))

  test('offsets are shared with dup and children; appending goes to the end', () =>
    inMachine(commands, async ({ system }, { fs }) => {
      const fd = await system.open('log', O_WRONLY | O_CREAT)
      await system.write(fd, bytes('12345'))
      await system.lseek(await system.dup(fd), 1, 0)
      await system.write(fd, bytes('x'))
      const append = await system.open('log', O_WRONLY | O_APPEND)
      await system.write(append, bytes('end'))
      expect(text(readFile(fs, 'log'))).toBe('1x345end')
    }))
})
