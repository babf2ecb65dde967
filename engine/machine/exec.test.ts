import { describe, expect, test } from 'vitest'
import { exitStatus, inMachine, runCommand } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { O_CLOEXEC, O_CREAT, O_WRONLY } from './system-calls.ts'

const args: Command = async (_args, { argv, stdout }) => {
  await stdout.write(`${JSON.stringify(argv)}\n`)
  return 0
}
const commands = { args }
const script = (text: string, mode = 0o755) => ({ bytes: text, mode })

describe('scripts', () => {
  test('run by the interpreter of their first line, with at most one argument', async () => {
    const run = (line: string) => runCommand(commands, ['./s', 'x', 'y'], { files: { s: script(line) } }).then(({ stdout }) => stdout)
    expect(await run('#!/usr/bin/args\n')).toBe('["/usr/bin/args","./s","x","y"]\n')
    expect(await run('#! /usr/bin/args a b  \nrest')).toBe('["/usr/bin/args","a b","./s","x","y"]\n')
  })

  test('fail as on Linux', async () => {
    const errors = async (files: Record<string, { bytes: string; mode: number }>) =>
      inMachine(
        commands,
        async ({ system }) => {
          try {
            await system.spawn({ path: './s', argv: ['s'], env: {} })
            return undefined
          } catch (error) {
            return error
          }
        },
        { files },
      )
    expect(await errors({ s: script('#!/no/such\n') })).toMatchObject({ code: 'ENOENT', path: './s' })
    expect(await errors({ s: script('#!./plain\n'), plain: script('#!/usr/bin/args\n', 0o644) })).toMatchObject({ code: 'EACCES' })
    expect(await errors({ s: script('#!\n') })).toMatchObject({ code: 'ENOEXEC' })
    expect(await errors({ s: script('') })).toMatchObject({ code: 'ENOEXEC' })
    expect(await errors({ s: script('\0machine\nmissing\n') })).toMatchObject({ code: 'ENOEXEC' })
    expect(await errors({ s: script('#!/usr/bin/args\n', 0o644) })).toMatchObject({ code: 'EACCES' })
  })

  test('may be interpreted by scripts, five deep', async () => {
    const chain = (depth: number) =>
      Object.fromEntries(Array.from({ length: depth }, (_, i) => [`s${i + 1}`, script(i === 0 ? '#!/usr/bin/args\n' : `#!./s${i}\n`)]))
    expect(await runCommand(commands, ['./s5'], { files: chain(5) })).toMatchObject({
      stdout: '["/usr/bin/args","./s1","./s2","./s3","./s4","./s5"]\n',
    })
    await expect(runCommand(commands, ['./s6'], { files: chain(6) })).rejects.toMatchObject({ code: 'ELOOP' })
  })
})

describe('exec', () => {
  test('keeps the process and its descriptors, and never returns', async () => {
    const trace: string[] = []
    const replace: Command = async (_args, { system, env }) => {
      await system.sigaction(10, 'ignore')
      await system.sigaction(12, 'handle')
      await system.open('kept', O_WRONLY | O_CREAT)
      await system.open('closed', O_WRONLY | O_CREAT | O_CLOEXEC)
      try {
        await system.exec('/usr/bin/after', ['after'], env)
      } catch {
        trace.push('unwound')
        await system.write(1, new TextEncoder().encode('must not be seen'))
      } finally {
        trace.push('finally')
      }
      return 9
    }
    const after: Command = async (_args, { pid, system, stdout }) => {
      const fds = (await system.readdir('/proc/self/fd')).map(({ name }) => name)
      const old = [await system.sigaction(10, 'default'), await system.sigaction(12, 'default')]
      await stdout.write(JSON.stringify({ pid, fds, old }))
      return 4
    }
    const { status, stdout } = await runCommand({ replace, after }, ['replace'])
    expect(status).toBe(4)
    expect(JSON.parse(stdout)).toEqual({ pid: expect.any(Number) as number, fds: ['0', '1', '2', '3'], old: ['ignore', 'default'] })
    expect(trace).toEqual(['unwound', 'finally'])
  })

  test('that fails changes nothing', async () => {
    const attempt: Command = async (_args, { system, env, stdout }) => {
      await expect(async () => system.exec('/usr/bin/missing', ['x'], env)).rejects.toMatchObject({ code: 'ENOENT' })
      await stdout.write('still here')
      return 0
    }
    expect(await runCommand({ attempt }, ['attempt'])).toMatchObject({ status: 0, stdout: 'still here' })
  })

  test('refuses arguments beyond ARG_MAX', () =>
    inMachine(commands, async ({ system }) => {
      const spawn = (argv: string[]) => async () => system.spawn({ path: '/usr/bin/args', argv, env: {}, fds: {} })
      await expect(spawn(['x'.repeat(131072)])).rejects.toMatchObject({ code: 'E2BIG' })
      await expect(spawn(Array<string>(40000).fill('x'.repeat(60)))).rejects.toMatchObject({ code: 'E2BIG' })
      await spawn(Array<string>(20000).fill('x'.repeat(60)))()
      expect(exitStatus(await system.wait(-1))).toBe(1)
    }))
})
