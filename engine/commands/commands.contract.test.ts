import { describe, expect, test } from 'vitest'
import { exitStatus, inMachine, runCommand } from '../../test/support/machine.ts'
import { signals } from '../machine/signals.ts'
import { commands } from './programs.ts'

const names = Object.keys(commands)
const limit = { timeout: 30_000 }

/** POSIX gives these no options: every argument is text, or an expression. */
const withoutOptions = new Set(['[', 'echo', 'false', 'printf', 'test', 'true'])
/** `test --help` is a question, to which the answer is yes; Info-ZIP's list tool takes --help for a wrong option. */
const withoutHelp = new Set(['test', 'zipinfo'])
/** Tools whose own words for a wrong option are recorded in their own tests: they print a page, or take it for an operand. */
const withWordsOfTheirOwn = new Set(['expr', 'ps', 'unzip', 'xxd', 'zip', 'zipinfo'])

const start = (argv: string[]) =>
  inMachine(commands, async ({ system, env }) => {
    const [input, keepOpen] = await system.pipe()
    const [output, write] = await system.pipe()
    const [errors, writeErrors] = await system.pipe()
    const pid = await system.spawn({ path: `/usr/bin/${argv[0]}`, argv, env: { ...env }, fds: { 0: input, 1: write, 2: writeErrors } })
    await system.sleep(50)
    const early = await system.wait(pid, 1)
    if (early) return { status: exitStatus(early), waited: false }
    await system.kill(pid, signals.SIGINT)
    const ended = await system.wait(pid)
    for (const fd of [keepOpen, output, errors]) await system.close(fd)
    return { status: exitStatus(ended), waited: true }
  })

describe.each(names)('%s', (name) => {
  test.skipIf(withoutHelp.has(name))('--help prints how to use it', limit, async () => {
    const { status, stdout, stderr } = await runCommand(commands, [name, '--help'])
    expect({ status: name === 'false' ? 0 : status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/usage:?\s/i)
    expect(stdout).toMatch(/\n$/)
    expect(stdout).toContain(name)
  })

  test.skipIf(withoutOptions.has(name) || withWordsOfTheirOwn.has(name))(
    'an unknown option is one clear line, a failure, and nothing else',
    limit,
    async () => {
      const { status, stdout, stderr } = await runCommand(commands, [name, '--no-such-option'])
      expect(status).toBeGreaterThan(0)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/no-such-option|option.*-|-.*option/)
      expect(stderr.split('\n')[0]?.length).toBeLessThan(140)
    },
  )

  test.skipIf(withoutHelp.has(name))('a reader that is gone ends it by SIGPIPE, without a word', limit, async () => {
    const result = await inMachine(commands, async (process) => {
      const { system } = process
      const [read, write] = await system.pipe()
      const [errors, writeErrors] = await system.pipe()
      await system.close(read)
      const pid = await system.spawn({
        path: `/usr/bin/${name}`,
        argv: [name, '--help'],
        env: { ...process.env },
        fds: { 1: write, 2: writeErrors },
      })
      await system.close(writeErrors)
      const stderr = new TextDecoder().decode(await process.reader(errors).all())
      return { status: exitStatus(await system.wait(pid)), stderr }
    })
    expect(result).toEqual({ status: 128 + signals.SIGPIPE, stderr: '' })
  })
})

describe('Ctrl-C ends a command that waits', () => {
  const waiting = [
    ['cat'],
    ['wc'],
    ['head'],
    ['tail'],
    ['tail', '-f', '/etc/passwd'],
    ['tee'],
    ['sha256sum'],
    ['md5sum'],
    ['file', '-'],
    ['less'],
    ['cmp', '/etc/passwd'],
    ['diff', '-', '/etc/passwd'],
    ['grep', 'x'],
    ['sed', 'p'],
    ['sort'],
    ['sleep', '100'],
    ['yes'],
    ['cut', '-c1'],
    ['tr', 'a', 'b'],
    ['uniq'],
  ]
  test.each(waiting)('%s %s', limit, async (...argv) => {
    // `yes` fills its pipe and waits for the reader.
    expect(await start(argv.filter((word) => word !== undefined))).toEqual({ status: 128 + signals.SIGINT, waited: true })
  })
})

describe('a missing file and a directory are told by name', () => {
  const missing = 'No such file or directory'
  const directory = 'Is a directory'
  test.each([
    [['cat', 'nope'], `cat: nope: ${missing}`],
    [['cat', 'dir'], `cat: dir: ${directory}`],
    [['head', 'nope'], `head: cannot open 'nope' for reading: ${missing}`],
    [['head', 'dir'], `head: error reading 'dir': ${directory}`],
    [['tail', 'dir'], `tail: error reading 'dir': ${directory}`],
    [['wc', 'dir'], `wc: dir: ${directory}`],
    [['sha256sum', 'dir'], `sha256sum: dir: ${directory}`],
    [['grep', 'x', 'nope'], `grep: nope: ${missing}`],
    [['grep', 'x', 'dir'], `grep: dir: ${directory}`],
    [['sort', 'nope'], `sort: cannot read: nope: ${missing}`],
    [['cut', '-c1', 'dir'], `cut: dir: ${directory}`],
    [['sed', 'p', 'nope'], `sed: can't read nope: ${missing}`],
    [['cmp', 'nope', 'dir'], `cmp: nope: ${missing}`],
    [['less', 'nope'], `nope: ${missing}`],
    [['tree', 'nope'], ''],
  ])('%j', limit, async (argv, message) => {
    const { status, stderr } = await runCommand(commands, argv, { files: { 'dir/': {} } })
    expect(stderr).toBe(message && `${message}\n`)
    expect(status).toBeGreaterThan(0)
  })
})
