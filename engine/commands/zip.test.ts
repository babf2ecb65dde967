import { expect, test } from 'vitest'
import { open } from '../../test/support/recorded-archives.ts'
import { inMachine, readFile, runCommand } from '../../test/support/machine.ts'
import { compilePattern } from './zip-pattern.ts'
import { unzip } from './unzip.ts'
import { zip } from './zip.ts'

const date = Date.UTC(2024, 8, 26, 14)
const files = {
  'b/two.txt': { bytes: 'two\n'.repeat(300), mtime: date },
  'b/one.txt': { bytes: 'one\n', mtime: date },
  'a.txt': { bytes: 'a\n', mtime: date },
}

test('zip -qX gives the same bytes at every run, in the order of the directory', async () => {
  const run = async () => {
    const { fs, status } = await runCommand({ zip }, ['zip', '-qXr', 'out.zip', 'b', 'a.txt', '-x', 'b/'], { files })
    expect(status).toBe(0)
    return readFile(fs, 'out.zip')
  }
  const first = await run()
  expect(await run()).toEqual(first)
  expect((await open(first)).entries.map(({ name }) => name)).toEqual(['b/two.txt', 'b/one.txt', 'a.txt'])
})

test("what zip stores: times, owner, levels' flags, UTF-8 names", async () => {
  const { fs } = await runCommand({ zip }, ['zip', '-9', 'out.zip', 'b/two.txt', 'é'], { files: { ...files, é: 'x' } })
  const [entry, accented] = (await open(readFile(fs, 'out.zip'))).entries
  expect(entry).toMatchObject({ method: 8, flags: 2, mtime: date / 1000, permissions: 0o644, type: 'file' })
  expect(accented).toMatchObject({ name: 'é', flags: 0x800, method: 0 })
})

test('the American listing', async () => {
  const { stdout } = await inMachine(
    { zip, unzip },
    async (process, machine) => {
      await process.system.wait(await process.system.spawn({ path: '/usr/bin/zip', argv: ['zip', '-q', 'o.zip', 'a.txt'], env: {} }))
      const [out0, out1] = await process.system.pipe()
      const env = { LANG: 'en_US.UTF-8' }
      const pid = await process.system.spawn({ path: '/usr/bin/unzip', argv: ['unzip', '-l', 'o.zip'], env, fds: { 1: out1, 2: out1 } })
      await process.system.close(out1)
      const stdout = new TextDecoder().decode(await process.reader(out0).all())
      await process.system.wait(pid)
      return { stdout, machine }
    },
    { files },
  )
  expect(stdout).toContain('        2  09-26-2024 14:00   a.txt\n')
})

test('a file that cannot be read is named, and the rest is stored', async () => {
  const { stdout, status, fs } = await runCommand({ zip }, ['zip', 'o.zip', 'secret', 'a.txt'], {
    files: { ...files, secret: { bytes: 'x', mode: 0 } },
  })
  expect(stdout).toContain('\tzip warning: could not open for reading: secret\n\tzip warning: Permission denied\n')
  expect(stdout).toContain('zip warning: Not all files were readable\n  files/entries read:  1 (2 bytes)  skipped:  1')
  expect(status).toBe(18)
  expect((await open(readFile(fs, 'o.zip'))).entries.length).toBe(1)
})

test('an archive that cannot be finished leaves the old one and no other file', async () => {
  const machine = { capacity: 1_000_000 }
  const noise = Uint8Array.from({ length: 600_000 }, (_, i) => (i * i * 31 + (i >> 3) * 17) & 255)
  const { stdout, status, fs } = await runCommand({ zip }, ['zip', '-0', 'o.zip', 'noise'], { files: { noise }, machine })
  expect(stdout).toContain('zip I/O error: No space left on device\nzip error: Output file write failure')
  expect(status).toBe(14)
  expect(fs.readdir(fs.resolve('/home/user').ino!).map(({ name }) => name)).toEqual(['noise'])
})

test('unzip does not write where it may not', async () => {
  const archive = (await runCommand({ zip }, ['zip', '-q', 'o.zip', 'a.txt'], { files })).fs
  const bytes = readFile(archive, 'o.zip')
  const { stderr, status } = await runCommand({ unzip }, ['unzip', '-q', '/home/user/o.zip'], {
    files: { 'o.zip': bytes },
    cwd: '/home/user',
    machine: {},
  })
  expect([stderr, status]).toEqual(['', 0])
  const denied = await runCommand({ unzip }, ['unzip', '-q', '/tmp/o.zip'], { files: { '/tmp/o.zip': bytes }, cwd: '/usr' })
  expect(denied.stderr).toBe('error:  cannot create a.txt\n        Permission denied\n')
  expect(denied.status).toBe(2)
})

test("Info-ZIP's patterns", () => {
  const table: [pattern: string, yes: string[], no: string[]][] = [
    ['*', ['', 'a/b'], []],
    ['*.txt', ['a.txt', 'a/b.txt', '.txt'], ['a.txt2']],
    ['a?c', ['abc', 'a/c', 'aéc'], ['ac']],
    ['[a-c]x', ['ax', 'cx'], ['dx', '-x']],
    ['[!a-c]x', ['dx'], ['ax']],
    ['[^a]', ['b'], ['a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[a', ['[a'], ['a']],
    ['a\\*', ['a*'], ['ab']],
    ['a.b+(c)', ['a.b+(c)'], ['axbb(c)']],
    ['**********z', ['aaaz'], ['a'.repeat(5000)]],
  ]
  for (const [pattern, yes, no] of table) {
    const matches = compilePattern(pattern)
    expect(yes.filter(matches), pattern).toEqual(yes)
    expect(no.filter(matches), pattern).toEqual([])
  }
  expect(compilePattern('A*', true)('abc')).toBe(true)
})
