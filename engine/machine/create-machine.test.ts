import { describe, expect, test } from 'vitest'
import { asPrograms, inMachine, readFile, writeFiles } from '../../test/support/machine.ts'
import { CHANGE_LOG, EVERYTHING, nameMark, readChanges, REPLACED } from './change-log.ts'
import { createMachine } from './create-machine.ts'
import type { Command } from './process.ts'
import { O_CREAT, O_RDONLY, O_WRONLY } from './system-calls.ts'
import type { TreeEntry } from './tree-entry.ts'
import { watchTree } from './watch-tree.ts'

const text = (data: Uint8Array) => new TextDecoder().decode(data)
const hang: Command = async (_args, { system }) => {
  await system.sleep(Infinity)
  return 0
}
const breed: Command = async (_args, { system }) => {
  for (;;) {
    await system.spawn({ path: '/usr/bin/hang', argv: ['hang'], env: {} })
    await system.sleep(0)
  }
}
const start = { env: {}, cwd: '/home/user' }

describe('a machine', () => {
  test('refuses a start that cannot be, with the system call’s own error', () => {
    const machine = createMachine({ programs: {} })
    expect(() => machine.start({ path: '/usr/bin/none', argv: [], ...start })).toThrow('No such file or directory')
    expect(machine.fs.usage().inodes).toBe(createMachine({ programs: {} }).fs.usage().inodes)
  })

  test('without a terminal a process has /dev/null', async () => {
    const seen: unknown[] = []
    const look: Command = async (_args, { system }) => {
      for (const fd of [0, 1, 2]) seen.push((await system.fstat(fd)).rdev)
      return (await system.read(0, 1)).length
    }
    const machine = createMachine({ programs: asPrograms({ look }) })
    expect(await machine.start({ path: '/usr/bin/look', argv: ['look'], ...start }).ended).toMatchObject({ status: 0 })
    expect(seen).toEqual([0x103, 0x103, 0x103])
  })

  test('goes back to a checkpoint when nothing runs any more', async () => {
    const machine = createMachine({ programs: asPrograms({ hang, breed }) })
    writeFiles(machine.fs, { note: 'before' })
    const checkpoint = machine.checkpoint()
    const terminal = machine.openTerminal({ rows: 24, columns: 80 })
    const { fs } = machine
    fs.write(fs.resolve('/home/user/note').ino!, 0, new TextEncoder().encode('after!'))
    const { ended } = machine.start({ path: '/usr/bin/breed', argv: ['breed'], ...start })
    machine.start({ path: '/usr/bin/hang', argv: ['hang', 'on'], ...start, terminal })
    expect(() => machine.restore(checkpoint)).toThrow(/process \d+ \(breed\) is still running/)
    await machine.killAll()
    expect(await ended).toMatchObject({ signal: 9 })
    machine.restore(checkpoint)
    expect(text(readFile(fs, 'note'))).toBe('before')
    expect(fs.resolve(terminal.path).ino).toBeDefined()
    expect(await createAndEnd(machine)).toMatchObject({ kind: 'signaled' })
  })

  const createAndEnd = async (machine: ReturnType<typeof createMachine>) => {
    const { ended } = machine.start({ path: '/usr/bin/hang', argv: ['hang'], ...start })
    await machine.killAll()
    return ended
  }

  test('tells other threads what changed in its files, and no reads', async () => {
    const changes = new Int32Array(new SharedArrayBuffer(CHANGE_LOG))
    const since = (from: number) => {
      const marks: number[] = []
      readChanges(changes, from, mark => marks.push(mark))
      return marks
    }
    await inMachine(
      {},
      async ({ system }, { fs }) => {
        writeFiles(fs, { old: 'x', 'dir/': '', link: { target: 'old' } })
        const inode = (path: string) => fs.resolve(path, { cwd: '/home/user' }).ino!
        const now = () => Atomics.load(changes, 0)
        const [home, old] = [inode('.'), inode('old')]
        let before = now()
        await system.stat('old')
        await system.readdir('.')
        expect(now()).toBe(before)
        const marksOf = async (call: () => unknown) => {
          before = now()
          await call()
          return since(before)
        }
        expect(await marksOf(() => system.open('new', O_WRONLY | O_CREAT))).toEqual([home, nameMark('new')])
        expect(await marksOf(() => system.chmod('old', 0o600))).toEqual([old])
        expect(await marksOf(() => system.truncate('link', 3))).toEqual([old])
        expect(await marksOf(() => system.mkdir('dir/sub'))).toEqual([inode('dir'), nameMark('sub')])
        const replaced = inode('new')
        expect(await marksOf(() => system.rename('old', 'new'))).toEqual([home, nameMark('old'), home, nameMark('new'), old, replaced])
        expect(await marksOf(() => system.unlink('new'))).toEqual([home, nameMark('new'), old])
        for (const call of [() => system.rename('dir', 'other'), () => system.symlink('x', 'y'), () => system.unlink('link'), () => system.chmod('other', 0o700)])
          expect((await marksOf(call))[0]).toBe(EVERYTHING)
        // Who has it open needs no path.
        const dir = inode('other')
        expect(await marksOf(() => system.rename('other', 'dir'))).toEqual([EVERYTHING, home, nameMark('other'), home, nameMark('dir'), dir])
        await system.mkdir('empty')
        const empty = inode('empty')
        expect(await marksOf(() => system.rename('dir', 'empty'))).toEqual([EVERYTHING, home, nameMark('dir'), home, nameMark('empty'), dir, empty])
        expect(await marksOf(() => system.symlink('x', 'z'))).toEqual([EVERYTHING, home])
        before = now()
        fs.restore(fs.checkpoint())
        expect(since(before)).toEqual([REPLACED])
      },
      { machine: { changes } },
    )
  })

  test('200 processes in a row leave nothing behind', () =>
    inMachine({ exit: async () => 0 }, async ({ system }, { fs }) => {
      const openFiles = async () => new TextDecoder().decode(await system.read(await system.open('/proc/sys/fs/file-nr', O_RDONLY), 99))
      const before = fs.usage()
      const opened = Number.parseInt(await openFiles())
      for (let i = 0; i < 200; i++) {
        const [readEnd, writeEnd] = await system.pipe()
        const pid = await system.spawn({ path: '/usr/bin/exit', argv: ['exit'], env: {}, fds: { 1: writeEnd } })
        await system.close(writeEnd)
        expect(await system.read(readEnd, 1)).toHaveLength(0)
        await system.close(readEnd)
        await system.wait(pid)
      }
      expect(fs.usage()).toEqual(before)
      // The first question is open still.
      expect(await openFiles()).toMatch(new RegExp(`^${opened + 1}\t0\t`))
      expect((await system.processes()).map((row) => row.argv[0])).toEqual(['init', 'test-main'])
      expect(await system.readdir('/proc/self/fd')).toHaveLength(5)
    }))

  test('no more than 4096 processes', () =>
    inMachine({ hang }, async ({ system }) => {
      const request = { path: '/usr/bin/hang', argv: ['hang'], env: {}, fds: {} }
      let born = 0
      const fill = async () => {
        for (;;) {
          await system.spawn(request)
          born++
        }
      }
      await expect(fill).rejects.toMatchObject({ code: 'EAGAIN' })
      expect(born).toBe(4094)
      await system.kill(-1, 9)
      await system.wait(-1)
      expect(await system.spawn(request)).toBeGreaterThan(4096)
    }))
})

describe('watchTree', () => {
  test('tells the tree now and after changes, and stops', async () => {
    const machine = createMachine({ programs: {} })
    writeFiles(machine.fs, { 'd/b.txt': 'bb', 'd/a/': '', 'd/a/deep': 'x', 'd/z': { target: 'b.txt' }, 'elsewhere': '' })
    const told: TreeEntry[][] = []
    const next = async (count: number) => {
      while (told.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const stop = watchTree(machine, '/home/user/d', (entries) => told.push(entries))
    expect(told[0]!.map(({ path, type, size, target }) => [path, type, size, target])).toEqual([
      ['a', 'directory', expect.any(Number), undefined],
      ['a/deep', 'file', 1, undefined],
      ['b.txt', 'file', 2, undefined],
      ['z', 'symlink', 5, 'b.txt'],
    ])
    writeFiles(machine.fs, { 'unrelated': '' })
    writeFiles(machine.fs, { 'd/new': 'n' })
    await next(2)
    expect(told[1]!.map(({ path }) => path)).toContain('new')
    stop()
    writeFiles(machine.fs, { 'd/newer': 'n' })
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(told).toHaveLength(2)
  })

  test('is bounded, and empty where there is no directory', () => {
    const machine = createMachine({ programs: {} })
    writeFiles(machine.fs, Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`many/${i}`, ''])))
    const told: number[] = []
    watchTree(machine, '/home/user/many', (entries) => told.push(entries.length))()
    watchTree(machine, '/home/user/none', (entries) => told.push(entries.length))()
    expect(told).toEqual([2000, 0])
  })
})
