/** The part of the file systems' contract on what `stat` tells: links, permissions, and which calls set which times. */
import { describe, expect, test } from 'vitest'
import { byPath } from '../../test/support/by-path.ts'
import type { FileSystem } from './file-system.ts'
import { S_IFDIR, S_IFMT, S_IFREG, type Stat } from './stat.ts'

const encoder = new TextEncoder()

export const fileSystemStatContract = (name: string, make: () => FileSystem, { pause }: { pause: () => void }): void => {
  const world = () => {
    const fs = make()
    return { fs, ...byPath(fs) }
  }

  describe(`${name}: stat`, () => {
    test('a directory is linked from its parent, itself and its subdirectories', () => {
      const { mkdir, touch, rmdir, rename, stat } = world()
      mkdir('/d')
      mkdir('/e')
      const links = () => ['/', '/d', '/e'].map(path => stat(path).nlink)
      expect(links()).toEqual([4, 2, 2])
      mkdir('/d/1')
      mkdir('/d/2')
      touch('/d/f')
      expect(links()).toEqual([4, 4, 2])
      rename('/d/1', '/e/1')
      expect(links()).toEqual([4, 3, 3])
      rename('/d/2', '/e/1')
      expect(links()).toEqual([4, 2, 3])
      rmdir('/e/1')
      expect(links()).toEqual([4, 2, 2])
    })

    test('permissions are set without touching the type', () => {
      const { fs, mkdir, touch, stat } = world()
      fs.chmod(touch('/f'), 0o7751)
      fs.chmod(mkdir('/d'), S_IFREG | 0o1700)
      expect(stat('/f').mode & ~0o2000).toBe(S_IFREG | 0o5751)
      expect(stat('/d').mode).toBe(S_IFDIR | 0o1700)
      expect(stat('/f').mode & S_IFMT).toBe(S_IFREG)
    })

    const past = 1_000_000_000_000
    type Times = ('mtime' | 'ctime')[]
    const prepared = () => {
      const made = world()
      const { fs, mkdir, touch, find } = made
      mkdir('/d')
      mkdir('/e')
      touch('/d/f', 'text')
      mkdir('/d/sub')
      touch('/e/g', 'other')
      for (const path of ['/d', '/e', '/d/f', '/d/sub', '/e/g']) fs.utimes(find(path), past, past)
      pause()
      return made
    }
    type World = ReturnType<typeof prepared>
    const cases: [string, (world: World) => void, Record<string, Times>][] = [
      ['write', ({ fs, find }) => fs.write(find('/d/f'), 0, encoder.encode('x')), { '/d/f': ['mtime', 'ctime'] }],
      ['an empty write', ({ fs, find }) => fs.write(find('/d/f'), 0, new Uint8Array(0)), {}],
      ['truncate', ({ fs, find }) => fs.truncate(find('/d/f'), 1), { '/d/f': ['mtime', 'ctime'] }],
      ['chmod', ({ fs, find }) => fs.chmod(find('/d/f'), 0o600), { '/d/f': ['ctime'] }],
      ['utimes', ({ fs, find }) => fs.utimes(find('/d/f'), undefined, past), { '/d/f': ['ctime'] }],
      ['create', ({ touch }) => touch('/d/new'), { '/d': ['mtime', 'ctime'] }],
      ['mkdir', ({ mkdir }) => mkdir('/d/new'), { '/d': ['mtime', 'ctime'] }],
      ['symlink', ({ symlink }) => symlink('/d/new', 'f'), { '/d': ['mtime', 'ctime'] }],
      ['link', ({ link }) => link('/d/f', '/e/new'), { '/e': ['mtime', 'ctime'], '/d/f': ['ctime'] }],
      ['unlink', ({ unlink }) => unlink('/d/f'), { '/d': ['mtime', 'ctime'] }],
      ['unlink of one name of two', ({ link, unlink, fs, find }) => {
        link('/d/f', '/e/new')
        fs.utimes(find('/e'), past, past)
        pause()
        unlink('/e/new')
      }, { '/e': ['mtime', 'ctime'], '/d/f': ['ctime'] }],
      ['rmdir', ({ rmdir }) => rmdir('/d/sub'), { '/d': ['mtime', 'ctime'] }],
      ['rename', ({ rename }) => rename('/d/f', '/e/new'), { '/d': ['mtime', 'ctime'], '/e': ['mtime', 'ctime'] }],
      ['rename onto a file', ({ rename }) => rename('/e/g', '/d/f'), {
        '/d': ['mtime', 'ctime'], '/e': ['mtime', 'ctime'], '/d/f': ['ctime'],
      }],
      ['a read of nothing', ({ fs, find }) => fs.read(find('/d/f'), 0, 0), {}],
    ]
    test.each(cases)('%s sets the times it should', (_, act, expected) => {
      const made = prepared()
      const paths = ['/d', '/e', '/d/f', '/d/sub', '/e/g']
      const times = (path: string): Stat | undefined => {
        const { ino } = made.fs.resolve(path, { follow: false })
        return ino === undefined ? undefined : made.fs.stat(ino)
      }
      const before = new Map(paths.map(path => [made.fs.resolve(path).ino, times(path)!]))
      act(made)
      const changed: Record<string, Times> = {}
      for (const path of paths) {
        const now = times(path)
        const then = now && before.get(now.ino)
        if (then === undefined || now === undefined) continue
        const moved = (['mtime', 'ctime'] as const).filter(key => now[key] !== then[key])
        if (moved.length > 0) changed[path] = moved
      }
      expect(changed).toEqual(expected)
    })

    test('times are set to the millisecond', () => {
      const { fs, touch, stat } = world()
      const f = touch('/f')
      fs.utimes(f, 1_727_359_200_123, 86_400_456)
      expect(stat('/f')).toMatchObject({ atime: 1_727_359_200_123, mtime: 86_400_456 })
      fs.utimes(f, undefined, 5_000)
      expect(stat('/f')).toMatchObject({ atime: 1_727_359_200_123, mtime: 5_000 })
    })
  })
}
