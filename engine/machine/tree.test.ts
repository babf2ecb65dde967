import { describe, expect, test } from 'vitest'
import { byPath, owner } from '../../test/support/by-path.ts'
import { errnoOf } from '../../test/support/errno-of.ts'
import { createRandom } from '../../test/support/random-operations.ts'
import { reachable } from '../../test/support/reachable.ts'
import { fileSystemContract } from './file-system.contract.ts'
import { S_IFCHR, S_IFDIR, S_IFIFO, S_IFREG } from './stat.ts'
import { createTree } from './tree.ts'
import { root, user } from './users.ts'

let time = 1_700_000_000_000
fileSystemContract('tree', () => createTree({ now: () => time }), { pause: () => void (time += 1000) })

const world = (capacity?: number) => {
  const fs = createTree({ now: () => time, capacity })
  return { fs, ...byPath(fs) }
}

describe('permissions', () => {
  const cases: [owner: typeof user, permissions: number, mask: number, passes: boolean][] = [
    [user, 0o400, 4, true], [user, 0o400, 2, false], [user, 0o077, 4, false], [user, 0o700, 7, true],
    [{ uid: 1, gid: 1000 }, 0o040, 4, true], [{ uid: 1, gid: 1000 }, 0o707, 4, false], [{ uid: 1, gid: 1 }, 0o004, 4, true],
    [{ uid: 1, gid: 1 }, 0o770, 1, false],
    [user, 0o500, 0, true],
  ]
  test.each(cases)('of a file of %o with mode %o: mask %i', (of, permissions, mask, passes) => {
    const { fs, touch } = world()
    const f = touch('/f')
    fs.chown(f, of.uid, of.gid)
    fs.chmod(f, permissions)
    expect(errnoOf(() => fs.access(f, mask, user))).toBe(passes ? undefined : 'EACCES')
  })

  test('root may do everything, except run what nobody may', () => {
    const { fs, touch, mkdir } = world()
    const f = touch('/f')
    fs.chmod(f, 0)
    fs.access(f, 6, root)
    expect(errnoOf(() => fs.access(f, 1, root))).toBe('EACCES')
    fs.chmod(f, 0o001)
    fs.access(f, 7, root)
    fs.access(mkdir('/d', 0), 7, root)
  })

  test('every directory on the way must be searchable', () => {
    const { fs, mkdir, touch, symlink } = world()
    mkdir('/d')
    touch('/d/f')
    symlink('/l', 'd/f')
    fs.chmod(fs.resolve('/d').ino!, 0o666)
    fs.chown(fs.resolve('/d').ino!, 0, 0)
    for (const path of ['/d/f', '/d/new', '/d/..', '/d/.', '/l'])
      expect(errnoOf(() => fs.resolve(path, { cred: user })), path).toBe('EACCES')
    expect(fs.resolve('/d', { cred: user }).ino).toBeDefined()
    expect(fs.resolve('/d/f', { cred: root }).ino).toBeDefined()
    expect(errnoOf(() => fs.resolve('f', { cwd: '/d', cred: user }))).toBe('EACCES')
  })

  test('names in a directory go away for who may write to it; in a sticky one for their owner and its', () => {
    const { fs, mkdir, touch } = world()
    const d = mkdir('/d')
    fs.chown(d, 0, 0)
    const mine = touch('/d/mine')
    fs.chown(touch('/d/theirs'), 7, 7)
    fs.chown(mkdir('/d/dir'), 7, 7)
    const remove = (name: string) => errnoOf(() => fs.unlink(d, name, user))
    expect(remove('mine')).toBe('EACCES')
    expect(errnoOf(() => fs.rmdir(d, 'dir', user))).toBe('EACCES')
    fs.chmod(d, 0o1777)
    expect(remove('theirs')).toBe('EPERM')
    expect(errnoOf(() => fs.rmdir(d, 'dir', user))).toBe('EPERM')
    expect(errnoOf(() => fs.rename(d, 'theirs', d, 'x', user))).toBe('EPERM')
    expect(errnoOf(() => fs.rename(d, 'mine', d, 'theirs', user))).toBe('EPERM')
    expect(errnoOf(() => fs.rename(d, 'mine', fs.root, 'mine', user))).toBe('EACCES')
    expect(fs.resolve('/d/mine').ino).toBe(mine)
    expect(errnoOf(() => fs.rename(d, 'mine', d, 'still mine', user))).toBeUndefined()
    expect(remove('still mine')).toBeUndefined()
    fs.unlink(d, 'theirs', { uid: 7, gid: 7 })
    fs.rmdir(d, 'dir', root)
    expect(fs.readdir(d)).toEqual([])
  })

  test('a new owner does not get the old one\'s set-user-ID bit', () => {
    const { fs, touch, stat } = world()
    const f = touch('/f')
    fs.chmod(f, 0o6755)
    fs.chown(f, 7, 8)
    expect(stat('/f')).toMatchObject({ uid: 7, gid: 8, mode: S_IFREG | 0o755 })
  })
})

describe('room', () => {
  test('is what the blocks take, and comes back', () => {
    const { fs, mkdir, touch, symlink, unlink, rmdir } = world(1 << 20)
    const { bytes } = fs.usage()
    const used = () => fs.usage().bytes - bytes
    const f = touch('/f', 'x')
    expect([used(), fs.stat(f).blocks]).toEqual([4096, 8])
    fs.write(f, 100_000, new Uint8Array(1))
    expect(used()).toBe(4096 + 36_864)
    mkdir('/d')
    symlink('/short', 'x'.repeat(59))
    symlink('/long', 'x'.repeat(60))
    expect(used()).toBe(4096 + 36_864 + 4096 + 4096)
    fs.truncate(f, 65_536 + 5000)
    expect(fs.stat(f).blocks).toBe(8 + 16)
    fs.truncate(f, 0)
    expect(used()).toBe(8192)
    for (const path of ['/f', '/short', '/long']) unlink(path)
    rmdir('/d')
    expect(used()).toBe(0)
    expect(fs.usage()).toEqual({ bytes, inodes: 1, capacity: 1 << 20 })
  })

  test('runs out: a write takes what fits, then none', () => {
    const { fs, touch, mkdir, unlink } = world(100 * 1024)
    const f = touch('/f')
    expect(fs.write(f, 0, new Uint8Array(90_000))).toBe(90_000)
    expect(fs.write(f, 90_000, new Uint8Array(90_000))).toBe(96 * 1024 - 90_000)
    expect(fs.stat(f).size).toBe(96 * 1024)
    expect(errnoOf(() => fs.write(f, 96 * 1024, new Uint8Array(1)))).toBe('ENOSPC')
    expect(fs.write(f, 0, new Uint8Array(5000))).toBe(5000)
    expect(errnoOf(() => mkdir('/d'))).toBe('ENOSPC')
    expect(fs.usage()).toMatchObject({ bytes: 100 * 1024, capacity: 100 * 1024 })
    touch('/empty')
    unlink('/f')
    mkdir('/d')
  })

  test('has a largest file and a longest symlink', () => {
    const { fs, touch, symlink } = world()
    const f = touch('/f')
    fs.truncate(f, 2 ** 44)
    expect(errnoOf(() => fs.truncate(f, 2 ** 44 + 1))).toBe('EFBIG')
    expect(errnoOf(() => fs.write(f, 2 ** 44, new Uint8Array(1)))).toBe('EFBIG')
    expect(fs.write(f, 2 ** 44 - 1, new Uint8Array(1))).toBe(1)
    for (const bad of [-1, NaN]) {
      expect(errnoOf(() => fs.truncate(f, bad))).toBe('EINVAL')
      expect(errnoOf(() => fs.read(f, bad, 1))).toBe('EINVAL')
    }
    symlink('/l', 'x'.repeat(4095))
    expect(errnoOf(() => symlink('/m', 'x'.repeat(4096)))).toBe('ENAMETOOLONG')
  })
})

test('devices and fifos are inodes with a number and no content', () => {
  const { fs } = world()
  const device = fs.create(fs.root, 'null', { mode: S_IFCHR | 0o666, ...root, rdev: 0x103 })
  const fifo = fs.create(fs.root, 'fifo', { mode: S_IFIFO | 0o644, ...root })
  expect(fs.stat(device)).toMatchObject({ mode: S_IFCHR | 0o666, rdev: 0x103, size: 0, blocks: 0 })
  for (const ino of [device, fifo]) {
    expect(errnoOf(() => fs.read(ino, 0, 1))).toBe('EINVAL')
    expect(errnoOf(() => fs.write(ino, 0, new Uint8Array(1)))).toBe('EINVAL')
    expect(errnoOf(() => fs.readlink(ino))).toBe('EINVAL')
    expect(errnoOf(() => fs.readdir(ino))).toBe('ENOTDIR')
  }
})

test('a name that is taken over keeps its place in the directory', () => {
  const { fs, touch, rename } = world()
  for (const path of ['/a', '/b', '/c']) touch(path)
  rename('/c', '/a')
  touch('/d')
  expect(fs.readdir(fs.root).map(({ name }) => name)).toEqual(['a', 'b', 'd'])
})

test('a read is noted once after a change, and once a day', () => {
  const { fs, mkdir, touch } = world()
  const f = touch('/f', 'x')
  const d = mkdir('/d')
  const looks = () => {
    time += 1000
    fs.read(f, 0, 1)
    fs.readdir(d)
    return [fs.stat(f).atime === time, fs.stat(d).atime === time]
  }
  expect(looks()).toEqual([true, true])
  expect(looks()).toEqual([false, false])
  time += 1000
  fs.write(f, 0, new Uint8Array(1))
  touch('/d/new')
  expect(looks()).toEqual([true, true])
  expect(looks()).toEqual([false, false])
  time += 86_400_000
  expect(looks()).toEqual([true, true])
})

test('a directory of many names finds and lists each one, whatever their hashes', { timeout: 60_000 }, () => {
  const { fs, mkdir } = world()
  const d = mkdir('/d')
  // Random ones, so that some hashes are equal.
  const random = createRandom(1)
  const names = Array.from({ length: 100_000 }, (_, i) => `${random(2 ** 30).toString(36)} ${i}`)
  const inos = names.map(name => fs.create(d, name, { mode: S_IFREG | 0o644, ...owner }))
  const chained = () => [...reachable(fs.checkpoint())].filter(object => 'next' in object && object.next !== undefined).length
  expect(chained()).toBeGreaterThan(0)
  expect(names.every((name, i) => fs.resolve(name, { cwd: '/d' }).ino === inos[i])).toBe(true)
  for (let i = 0; i < names.length; i += 2) fs.unlink(d, names[i]!)
  expect(names.filter((name, i) => fs.resolve(name, { cwd: '/d' }).ino !== (i % 2 === 0 ? undefined : inos[i]))).toEqual([])
  expect(fs.readdir(d).map(({ name }) => name)).toEqual(names.filter((_, i) => i % 2 === 1))
  for (let i = 1; i < names.length; i += 2) fs.unlink(d, names[i]!)
  fs.rmdir(fs.root, 'd')
  expect(fs.usage().inodes).toBe(1)
})

test('names that no directory can hold', () => {
  const { fs } = world()
  const make = (name: string) => errnoOf(() => fs.create(fs.root, name, { mode: S_IFDIR | 0o755, ...owner }))
  expect([make(''), make('a/b'), make('a\0b'), make('x'.repeat(255))]).toEqual(['ENOENT', 'EINVAL', 'EINVAL', undefined])
  expect(errnoOf(() => fs.resolve('/a\0b'))).toBe('EINVAL')
  expect(fs.resolve('/../..').ino).toBe(fs.root)
  expect(errnoOf(() => fs.rmdir(fs.root, ''))).toBe('EBUSY')
})
