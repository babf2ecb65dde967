/**
 * What every file system of the machine does, as tests. `make` gives a new, empty one. `pause` lets its clock move on, so that a time
 * that is set differs from one that was; `real` leaves out what the disk of the box that runs the tests cannot show.
 */
import { describe, expect, test } from 'vitest'
import { byPath, owner } from '../../test/support/by-path.ts'
import { errnoOf } from '../../test/support/errno-of.ts'
import { fileSystemContentContract } from './file-system-content.contract.ts'
import { fileSystemStatContract } from './file-system-stat.contract.ts'
import type { FileSystem } from './file-system.ts'
import { S_IFDIR, S_IFLNK, S_IFREG } from './stat.ts'

const encoder = new TextEncoder()

export const fileSystemContract = (
  name: string,
  make: () => FileSystem,
  { pause, real = false }: { pause: () => void; real?: boolean },
): void => {
  const world = () => {
    const fs = make()
    return { fs, ...byPath(fs) }
  }

  describe(`${name}: paths`, () => {
    test('lead from the root or the current directory to a place in a directory', () => {
      const { fs, mkdir, touch } = world()
      const d = mkdir('/d')
      const e = mkdir('/d/e')
      const f = touch('/d/e/f')
      const expected = { parent: e, name: 'f', ino: f, path: '/d/e/f', mustBeDirectory: false }
      for (const path of ['/d/e/f', '/d//e/./f', '/d/e/../e/f', '//d/e/f']) expect(fs.resolve(path), path).toEqual(expected)
      expect(fs.resolve('e/f', { cwd: '/d' })).toEqual(expected)
      expect(fs.resolve('../e/f', { cwd: '/d/e' })).toEqual(expected)
      expect(fs.resolve('/d/e')).toEqual({ parent: d, name: 'e', ino: e, path: '/d/e', mustBeDirectory: false })
      for (const path of ['/d/e/', '/d/e//', '/d/e/.', '/d/e/../e/']) {
        expect(fs.resolve(path), path).toEqual({ parent: d, name: 'e', ino: e, path: '/d/e', mustBeDirectory: true })
      }
      expect(fs.resolve('/d/e/..')).toEqual({ parent: fs.root, name: 'd', ino: d, path: '/d', mustBeDirectory: true })
      expect(fs.resolve('/d/new')).toEqual({ parent: d, name: 'new', ino: undefined, path: '/d/new', mustBeDirectory: false })
      expect(fs.resolve('/d/new/')).toEqual({ parent: d, name: 'new', ino: undefined, path: '/d/new', mustBeDirectory: true })
      expect(fs.resolve('/')).toEqual({ parent: fs.root, name: '', ino: fs.root, path: '/', mustBeDirectory: true })
    })

    test('fail where they lead through nothing, through a file, or are too long', () => {
      const { fs, mkdir, touch } = world()
      mkdir('/d')
      touch('/f')
      const fails = (path: string, cwd?: string) => errnoOf(() => fs.resolve(path, { cwd }))
      expect(fails('')).toBe('ENOENT')
      expect(fails('/no/f')).toBe('ENOENT')
      expect(fails('/no/..')).toBe('ENOENT')
      for (const path of ['/f/x', '/f/', '/f/.', '/f/..', '/f/../d']) expect(fails(path), path).toBe('ENOTDIR')
      expect(fails(`/${'x'.repeat(256)}`)).toBe('ENAMETOOLONG')
      expect(fails(`/${'é'.repeat(128)}`)).toBe('ENAMETOOLONG')
      expect(fails(`/${'é'.repeat(127)}`)).toBeUndefined()
      expect(fails(`/d${'/../d'.repeat(1000)}`)).toBe('ENAMETOOLONG')
      expect(fails('x', '/gone')).toBe('ENOENT')
    })

    test('go through symlinks', () => {
      const { fs, mkdir, touch, symlink } = world()
      const d = mkdir('/d')
      const f = touch('/d/f')
      const link = symlink('/link', 'd')
      symlink('/d/up', '..')
      symlink('/chain', 'link/up/d/f')
      const dangling = symlink('/d/dangling', '../d/new')
      expect(fs.resolve('/link/f')).toMatchObject({ ino: f, path: '/d/f' })
      expect(fs.resolve('/chain')).toMatchObject({ parent: d, name: 'f', ino: f, path: '/d/f' })
      expect(fs.resolve('/link')).toMatchObject({ ino: d, path: '/d' })
      expect(fs.resolve('/link/../d')).toMatchObject({ ino: d })
      expect(fs.resolve('/link', { follow: false })).toMatchObject({ parent: fs.root, name: 'link', ino: link, path: '/link' })
      expect(fs.resolve('/link/', { follow: false })).toMatchObject({ ino: d, mustBeDirectory: true })
      expect(fs.resolve('/link', { takesName: true }).ino).toBe(link)
      expect(errnoOf(() => fs.resolve('/link/', { takesName: true }))).toBe('ENOTDIR')
      expect(errnoOf(() => fs.resolve('/d/dangling/', { takesName: true }))).toBe('ENOTDIR')
      expect(fs.resolve('/d/dangling')).toMatchObject({ parent: d, name: 'new', ino: undefined, path: '/d/new' })
      expect(fs.resolve('/d/dangling', { follow: false }).ino).toBe(dangling)
      expect(errnoOf(() => fs.resolve('/d/dangling/x'))).toBe('ENOENT')
      expect(errnoOf(() => fs.resolve('/chain/'))).toBe('ENOTDIR')
      expect(fs.readlink(link)).toBe('d')
      expect(fs.stat(link)).toMatchObject({ mode: S_IFLNK | 0o777, size: 1, nlink: 1 })
      if (!real) expect(errnoOf(() => fs.readlink(f))).toBe('EINVAL')
    })

    test('follow forty symlinks and no more', () => {
      const { fs, touch, symlink } = world()
      const f = touch('/0')
      for (let i = 1; i <= 41; i++) symlink(`/${i}`, `${i - 1}`)
      expect(fs.resolve('/40').ino).toBe(f)
      expect(errnoOf(() => fs.resolve('/41'))).toBe('ELOOP')
      symlink('/self', 'self')
      expect(errnoOf(() => fs.resolve('/self'))).toBe('ELOOP')
      expect(errnoOf(() => fs.resolve('/self/x'))).toBe('ELOOP')
      expect(fs.resolve('/self', { follow: false }).ino).toBeDefined()
    })
  })

  describe(`${name}: names`, () => {
    test('are made once', () => {
      const { fs, mkdir, touch, symlink } = world()
      mkdir('/d')
      touch('/f')
      symlink('/l', 'nowhere')
      for (const path of ['/d', '/f', '/l']) {
        for (const make of [mkdir, touch, (path: string) => symlink(path, 'x')]) expect(errnoOf(() => make(path)), path).toBe('EEXIST')
        expect(errnoOf(() => fs.link(fs.resolve('/f').ino!, fs.root, path.slice(1))), path).toBe('EEXIST')
      }
      for (const dots of ['.', '..']) expect(errnoOf(() => fs.create(fs.root, dots, { mode: S_IFDIR | 0o755, ...owner }))).toBe('EEXIST')
      const f = fs.resolve('/f').ino!
      expect(errnoOf(() => fs.create(f, 'x', { mode: S_IFREG, ...owner }))).toBe('ENOTDIR')
      expect(errnoOf(() => fs.create(fs.root, 'x'.repeat(256), { mode: S_IFREG, ...owner }))).toBe('ENAMETOOLONG')
      expect(errnoOf(() => symlink('/empty', ''))).toBe('ENOENT')
    })

    test('list as they are', () => {
      const { fs, mkdir, touch, symlink, unlink } = world()
      const names = ['b', 'a', 'ü', '日本', 'with space', '-x', '.hidden', '\u{1f408}', 'c\nd']
      for (const name of names) touch(`/${name}`)
      mkdir('/dir')
      symlink('/sym', 'a')
      unlink('/b')
      const left = [...names.slice(1), 'dir', 'sym']
      const listed = fs.readdir(fs.root)
      expect(listed.map(({ name }) => name).sort()).toEqual([...left].sort())
      if (!real) expect(listed.map(({ name }) => name)).toEqual(left)
      for (const { name, ino, mode } of listed) {
        expect(fs.resolve(`/${name}`, { follow: false }).ino).toBe(ino)
        expect(fs.stat(ino).mode).toBe(mode)
      }
      expect(errnoOf(() => fs.readdir(fs.resolve('/a').ino!))).toBe('ENOTDIR')
    })

    test('of one file may be many', () => {
      const { fs, mkdir, touch, link, unlink, stat, text } = world()
      mkdir('/d')
      const f = touch('/f', 'one')
      link('/f', '/d/g')
      expect(stat('/d/g')).toMatchObject({ ino: f, nlink: 2 })
      fs.write(f, 0, encoder.encode('two'))
      expect(text('/d/g')).toBe('two')
      unlink('/f')
      expect(stat('/d/g').nlink).toBe(1)
      expect(errnoOf(() => link('/d', '/e'))).toBe('EPERM')
    })

    test('go away by the call for their type', () => {
      const { mkdir, touch, symlink, unlink, rmdir, names } = world()
      mkdir('/d')
      touch('/d/f')
      symlink('/l', 'd')
      expect(errnoOf(() => unlink('/d'))).toBe('EISDIR')
      expect(errnoOf(() => rmdir('/d'))).toBe('ENOTEMPTY')
      expect(errnoOf(() => rmdir('/d/f'))).toBe('ENOTDIR')
      expect(errnoOf(() => rmdir('/l'))).toBe('ENOTDIR')
      expect(errnoOf(() => unlink('/none'))).toBe('ENOENT')
      expect(errnoOf(() => rmdir('/none'))).toBe('ENOENT')
      unlink('/d/f')
      rmdir('/d')
      unlink('/l')
      expect(names('/')).toEqual([])
    })

    test('of dots and roots cannot go away', () => {
      const { fs, mkdir } = world()
      const d = mkdir('/d')
      expect(errnoOf(() => fs.rmdir(d, '.'))).toBe('EINVAL')
      expect(errnoOf(() => fs.rmdir(d, '..'))).toBe('ENOTEMPTY')
      expect(errnoOf(() => fs.unlink(d, '.'))).toBe('EISDIR')
      expect(errnoOf(() => fs.unlink(d, '..'))).toBe('EISDIR')
      expect(errnoOf(() => fs.rename(d, '.', fs.root, 'e'))).toBe('EBUSY')
      expect(errnoOf(() => fs.rename(fs.root, 'd', d, '..'))).toBe('EBUSY')
    })

    test('cannot be made in a directory that was removed', () => {
      const { fs, mkdir, touch, rmdir } = world()
      const d = mkdir('/d')
      touch('/f')
      fs.retain(d)
      rmdir('/d')
      expect(errnoOf(() => fs.create(d, 'x', { mode: S_IFREG | 0o644, ...owner }))).toBe('ENOENT')
      expect(errnoOf(() => fs.rename(fs.root, 'f', d, 'f'))).toBe('ENOENT')
      expect(errnoOf(() => fs.link(fs.resolve('/f').ino!, d, 'f'))).toBe('ENOENT')
      expect(fs.readdir(d)).toEqual([])
      expect(fs.stat(d).nlink).toBe(0)
      fs.release(d)
    })
  })

  describe(`${name}: rename`, () => {
    test('moves files, directories and symlinks', () => {
      const { fs, mkdir, touch, symlink, rename, find, names, text } = world()
      const a = mkdir('/a')
      mkdir('/b')
      const f = touch('/a/f', 'text')
      symlink('/l', 'a')
      rename('/a/f', '/b/g')
      expect(find('/b/g')).toBe(f)
      rename('/a', '/b/c')
      rename('/l', '/b/l')
      expect(names('/')).toEqual(['b'])
      expect(names('/b')).toEqual(['c', 'g', 'l'])
      expect(fs.parentOf(a)).toBe(find('/b'))
      expect(fs.resolve('/b/c/../g').ino).toBe(f)
      rename('/b/g', '/b/h')
      expect(text('/b/h')).toBe('text')
      expect(fs.readlink(find('/b/l'))).toBe('a')
    })

    test('replaces a file by a file and an empty directory by a directory', () => {
      const { mkdir, touch, symlink, rename, find, names, stat } = world()
      const a = touch('/a', 'a')
      touch('/b', 'b')
      rename('/a', '/b')
      expect(find('/b')).toBe(a)
      const d = mkdir('/d')
      mkdir('/d/sub')
      mkdir('/e')
      rename('/d', '/e')
      expect(find('/e')).toBe(d)
      expect(names('/e')).toEqual(['sub'])
      const l = symlink('/l', 'nowhere')
      rename('/l', '/b')
      expect(find('/b')).toBe(l)
      expect(names('/')).toEqual(['b', 'e'])
      expect(stat('/e').nlink).toBeGreaterThan(0)
    })

    test('does nothing between two names of one file', () => {
      const { touch, link, rename, names, stat } = world()
      touch('/a')
      link('/a', '/b')
      rename('/a', '/b')
      rename('/a', '/a')
      expect(names('/')).toEqual(['a', 'b'])
      expect(stat('/a').nlink).toBe(2)
    })

    test('refuses what makes no sense', () => {
      const { mkdir, touch, rename, names } = world()
      mkdir('/d')
      mkdir('/d/e')
      mkdir('/d/e/g')
      mkdir('/empty')
      touch('/f')
      touch('/d/f')
      const fails = (from: string, to: string) => errnoOf(() => rename(from, to))
      expect(fails('/none', '/x')).toBe('ENOENT')
      expect(fails('/d', '/d/x')).toBe('EINVAL')
      expect(fails('/d', '/d/e/x')).toBe('EINVAL')
      expect(fails('/d', '/d/e')).toBe('EINVAL')
      expect(fails('/d/e', '/d')).toBe('ENOTEMPTY')
      expect(fails('/d/f', '/d')).toBe('ENOTEMPTY')
      expect(fails('/d/e/g', '/d')).toBe('ENOTEMPTY')
      expect(fails('/f', '/d')).toBe('EISDIR')
      expect(fails('/f', '/empty')).toBe('EISDIR')
      expect(fails('/d', '/f')).toBe('ENOTDIR')
      expect(fails('/empty', '/d')).toBe('ENOTEMPTY')
      expect(fails('/f', `/${'x'.repeat(256)}`)).toBe('ENAMETOOLONG')
      expect(names('/')).toEqual(['d', 'empty', 'f'])
    })
  })

  fileSystemContentContract(name, make)
  fileSystemStatContract(name, make, { pause })
}
