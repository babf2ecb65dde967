import { describe, expect, test } from 'vitest'
import { inMachine, runCommand } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { S_IFDIR, type Stat } from './stat.ts'
import {
  O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, SEEK_CUR, SEEK_END, SEEK_SET, type SystemCalls,
} from './system-calls.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)
const files = { 'file': 'content', 'dir/inner': 'x', 'link': { target: 'file' }, 'dangling': { target: 'nothing' }, 'secret': { bytes: 's', mode: 0 } }

const within = (run: (system: SystemCalls) => Promise<void>) => inMachine({}, async ({ system }) => run(system), { files })
/** The error's code, or what came instead. */
const codeOf = async (call: () => unknown): Promise<unknown> => {
  try {
    return await call()
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('open', () => {
  test('fails as POSIX says', () =>
    within(async (system) => {
      const open = (path: string, flags: number) => codeOf(() => system.open(path, flags))
      expect(await open('missing', O_RDONLY)).toBe('ENOENT')
      expect(await open('missing/', O_WRONLY | O_CREAT)).toBe('EISDIR')
      expect(await open('dir', O_WRONLY)).toBe('EISDIR')
      expect(await open('dir', O_RDONLY | O_CREAT)).toBe('EISDIR')
      expect(await open('file', O_RDONLY | O_DIRECTORY)).toBe('ENOTDIR')
      expect(await open('file/x', O_RDONLY)).toBe('ENOTDIR')
      expect(await open('link', O_RDONLY | O_NOFOLLOW)).toBe('ELOOP')
      expect(await open('link', O_WRONLY | O_CREAT | O_EXCL)).toBe('EEXIST')
      expect(await open('dangling', O_WRONLY | O_CREAT | O_EXCL)).toBe('EEXIST')
      expect(await open('secret', O_RDONLY)).toBe('EACCES')
      expect(await open('/etc/new', O_WRONLY | O_CREAT)).toBe('EACCES')
      expect(await open('/etc/passwd', O_WRONLY)).toBe('EACCES')
    }))

  test('creates through a dangling link, with the mode that the umask leaves; truncates', () =>
    within(async (system) => {
      await system.umask(0o027)
      await system.close(await system.open('dangling', O_WRONLY | O_CREAT, 0o666))
      expect((await system.stat('nothing')).mode & 0o777).toBe(0o640)
      const unreadable = await system.open('write-only', O_RDWR | O_CREAT, 0)
      expect(await system.write(unreadable, bytes('creators may'))).toBe(12)
      await system.close(await system.open('file', O_WRONLY | O_TRUNC))
      expect((await system.stat('file')).size).toBe(0)
    }))

  test('a file stays while it is open', () =>
    within(async (system) => {
      const fd = await system.open('file', O_RDWR)
      await system.unlink('file')
      expect(text(await system.read(fd, 100))).toBe('content')
      expect((await system.fstat(fd)).nlink).toBe(0)
    }))

  test('seeking, reading and writing at offsets', () =>
    within(async (system) => {
      const fd = await system.open('file', O_RDWR)
      expect(await system.lseek(fd, -3, SEEK_END)).toBe(4)
      expect(text(await system.read(fd, 2))).toBe('en')
      expect(await system.lseek(fd, -1, SEEK_CUR)).toBe(5)
      expect(await codeOf(() => system.lseek(fd, -1, SEEK_SET))).toBe('EINVAL')
      expect(await system.pwrite(fd, bytes('C'), 0)).toBe(1)
      expect(text(await system.pread(fd, 100, 0))).toBe('Content')
      expect(await system.lseek(fd, 10, SEEK_SET)).toBe(10)
      await system.write(fd, bytes('!'))
      expect(text(await system.pread(fd, 100, 0))).toBe('Content\0\0\0!')
      await system.ftruncate(fd, 3)
      expect((await system.fstat(fd)).size).toBe(3)
      expect(await codeOf(() => system.read(fd, -1))).toBe('EINVAL')
      expect(await codeOf(async () => system.read(await system.open('dir', O_RDONLY), 1))).toBe('EISDIR')
    }))

  test('a device without an end looks the same everywhere', () =>
    within(async (system) => {
      const fd = await system.open('/dev/zero', O_RDONLY)
      await system.read(fd, 10)
      expect(await system.lseek(fd, -20, SEEK_CUR)).toBe(0)
      expect(await system.lseek(fd, 20, SEEK_SET)).toBe(0)
    }))

  test('at most 1024 descriptors', () =>
    within(async (system) => {
      const before = (await system.readdir('/proc/self/fd')).length
      let opened = 0
      const fill = async () => {
        for (;;) {
          await system.open('file', O_RDONLY)
          opened++
        }
      }
      expect(await codeOf(fill)).toBe('EMFILE')
      expect(opened + before).toBe(1024)
      expect(await codeOf(() => system.pipe())).toBe('EMFILE')
      await system.close(1000)
      expect(await codeOf(() => system.pipe())).toBe('EMFILE')
      expect(await system.dup(0)).toBe(1000)
    }))
})

describe('paths', () => {
  test('errors name the path as it was given', () =>
    within(async (system) => {
      await expect(async () => system.rename('missing', 'x')).rejects.toMatchObject({ code: 'ENOENT', path: 'missing', dest: 'x' })
      await expect(async () => system.mkdir('dir')).rejects.toMatchObject({ code: 'EEXIST', path: 'dir' })
      await expect(async () => system.rmdir('dir')).rejects.toMatchObject({ code: 'ENOTEMPTY', path: 'dir' })
    }))

  test('the last component and its slashes', () =>
    within(async (system) => {
      expect(await codeOf(() => system.mkdir('made/', 0o700))).toBeUndefined()
      expect((await system.stat('made')).mode).toBe(S_IFDIR | 0o700)
      expect(await codeOf(() => system.symlink('x', 'new/'))).toBe('ENOENT')
      expect(await codeOf(() => system.unlink('dir'))).toBe('EISDIR')
      expect(await codeOf(() => system.unlink('file/'))).toBe('ENOTDIR')
      expect(await codeOf(() => system.rmdir('made/.'))).toBe('EINVAL')
      expect(await codeOf(() => system.rmdir('dir/..'))).toBe('ENOTEMPTY')
      expect(await codeOf(() => system.rmdir('file'))).toBe('ENOTDIR')
      expect(await codeOf(() => system.rename('file', 'other/'))).toBe('ENOTDIR')
      expect(await codeOf(() => system.rename('dir', 'dir/deeper'))).toBe('EINVAL')
      expect(await codeOf(() => system.rename('made', 'renamed/'))).toBeUndefined()
      expect(await codeOf(() => system.link('dir', 'hard'))).toBe('EPERM')
      expect(await system.realpath('./dir/../link')).toBe('/home/user/file')
      expect(await codeOf(() => system.realpath('dangling'))).toBe('ENOENT')
      expect(await system.readlink('link')).toBe('file')
      expect(await codeOf(() => system.readlink('file'))).toBe('EINVAL')
    }))

  test('owners and permissions', () =>
    within(async (system) => {
      expect(await codeOf(() => system.chmod('/etc/passwd', 0o777))).toBe('EPERM')
      expect(await codeOf(() => system.chown('file', 0, 0))).toBe('EPERM')
      expect(await codeOf(() => system.chown('file', -1, 1000))).toBeUndefined()
      expect(await codeOf(() => system.utimes('/etc/passwd', null, null))).toBe('EACCES')
      expect(await codeOf(() => system.utimes('/etc/passwd', 1, 1))).toBe('EPERM')
      expect(await codeOf(() => system.access('file', 1))).toBe('EACCES')
      expect(await codeOf(() => system.access('file', 6))).toBeUndefined()
      await system.utimes('file', undefined, 1234)
      expect((await system.stat('file')).mtime).toBe(1234)
      await system.chmod('dir', 0)
      expect(await codeOf(() => system.stat('dir/inner'))).toBe('EACCES')
      expect(await codeOf(() => system.chdir('dir'))).toBe('EACCES')
      expect(await codeOf(() => system.readdir('dir'))).toBe('EACCES')
    }))

  test('the working directory follows its directory', () =>
    within(async (system) => {
      await system.mkdir('dir/sub')
      await system.chdir('dir/sub')
      await system.rename('/home/user/dir', '/home/user/moved')
      expect(await system.getcwd()).toBe('/home/user/moved/sub')
      expect((await system.stat('../inner')).size).toBe(1)
      await system.rmdir('/home/user/moved/sub')
      expect(await codeOf(() => system.getcwd())).toBe('ENOENT')
      expect(await codeOf(() => system.stat('x'))).toBe('ENOENT')
      await system.chdir('/home')
      expect(await system.getcwd()).toBe('/home')
      await system.fchdir(await system.open('user', O_RDONLY))
      expect(await system.getcwd()).toBe('/home/user')
      expect(await codeOf(() => system.chdir('file'))).toBe('ENOTDIR')
    }))
})

describe('a directory at once', () => {
  test('readdirStats is lstat of what readdir names, of the root and of /proc too', () =>
    within(async (system) => {
      for (const directory of ['.', '/', '/proc/self']) {
        const entries = await system.readdir(directory)
        expect(entries.length).toBeGreaterThan(4)
        const stats = []
        for (const { name } of entries) stats.push(await system.lstat(`${directory}/${name}`))
        // The times of what the kernel makes up are those of the question.
        const timeless = (all: Stat[]) => all.map(stat => ({ ...stat, atime: 0, mtime: 0, ctime: 0 }))
        expect(timeless(await system.readdirStats(directory))).toEqual(timeless(stats))
      }
      await system.chmod('dir', 0o400)
      expect(await system.readdir('dir')).toHaveLength(1)
      expect(await codeOf(() => system.readdirStats('dir'))).toBe('EACCES')
      expect(await codeOf(() => system.readdirStats('file'))).toBe('ENOTDIR')
      expect(await codeOf(() => system.readdirStats('none'))).toBe('ENOENT')
    }))

  test('readFiles brings the readable regular files of the names, up to so many bytes', () =>
    within(async (system) => {
      const read = async (names: string[], most: number) =>
        (await system.readFiles('.', names, most)).map(({ name, stat, bytes }) => [name, stat.size, text(bytes)])
      await system.close(await system.open('more', O_WRONLY | O_CREAT))
      expect(await read(['more', 'none', 'link', 'dir', 'secret', 'file'], 7)).toEqual([['file', 7, 'content'], ['more', 0, '']])
      expect(await read(['file', 'more'], 6)).toEqual([['more', 0, '']])
      expect(await system.readFiles('/proc/self', ['status'], 1000)).toEqual([])
      await system.chmod('dir', 0o400)
      expect(await codeOf(() => system.readFiles('dir', ['inner'], 10))).toBe('EACCES')
      expect(await codeOf(() => system.readFiles('file', [], 10))).toBe('ENOTDIR')
    }))
})

describe('devices and /proc', () => {
  test('null, zero, full and random', () =>
    within(async (system) => {
      const open = (name: string) => system.open(`/dev/${name}`, O_RDWR)
      const nul = await open('null')
      expect(await system.write(nul, new Uint8Array(10))).toBe(10)
      expect(await system.read(nul, 10)).toHaveLength(0)
      expect(await system.read(await open('zero'), 3)).toEqual(new Uint8Array(3))
      expect(await codeOf(async () => system.write(await open('full'), new Uint8Array(1)))).toBe('ENOSPC')
      const random = await system.read(await open('urandom'), 100_000)
      expect(new Set(random.subarray(99_000)).size).toBeGreaterThan(100)
      expect(await codeOf(() => open('tty'))).toBe('ENXIO')
    }))

  const show: Command = async ([path = ''], { system, stdout, reader }) => {
    await stdout.write(await reader(await system.open(path, O_RDONLY)).all())
    return 0
  }
  test.each(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0', 'my-stdin', '/proc/self/cwd/../../proc/self/fd/0'])('%s is standard input', async (path) => {
    const result = await runCommand({ show }, ['show', path], { stdin: 'piped', files: { 'my-stdin': { target: '/dev/stdin' } } })
    expect(result).toMatchObject({ status: 0, stdout: 'piped' })
  })

  test('describes processes', () =>
    inMachine({ show }, async ({ system, pid }) => {
      const read = async (path: string) => text(await system.read(await system.open(path, O_RDONLY), 65536))
      expect(await system.readlink('/proc/self')).toBe(String(pid))
      expect(await read('/proc/self/cmdline')).toBe('test-main\0')
      expect(await read(`/proc/${pid}/status`)).toMatch(new RegExp(`^Name:\ttest-main\n[^]*\nPid:\t${pid}\nPPid:\t1\nUid:\t1000\t`))
      expect(await read('/proc/self/environ')).toContain('HOME=/home/user\0')
      expect(await read('/proc/meminfo')).toMatch(/^MemTotal: +\d+ kB\nMemFree: /)
      expect(await read('/proc/sys/kernel/hostname')).toBe('talk\n')
      expect(await system.readlink('/proc/self/cwd')).toBe('/home/user')
      expect(await system.readlink('/proc/self/exe')).toBe('/usr/bin/test-main')
      expect(await system.realpath('/proc/self/cwd')).toBe('/home/user')
      const [readEnd] = await system.pipe()
      expect(await system.readlink(`/proc/self/fd/${readEnd}`)).toMatch(/^pipe:\[\d+\]$/)
      expect((await system.stat(`/proc/self/fd/${readEnd}`)).mode).toBe(0o10600)
      expect((await system.readdir('/proc')).map(({ name }) => name)).toContain(String(pid))
      expect((await system.lstat('/proc/self')).mode).toBe(0o120777)
      expect(await codeOf(() => system.open('/proc/self/nothing', O_RDONLY))).toBe('ENOENT')
      expect(await codeOf(() => system.open('/proc/4711/status', O_RDONLY))).toBe('ENOENT')
      expect(await codeOf(() => system.open('/proc/meminfo', O_WRONLY))).toBe('EACCES')
      expect(await codeOf(() => system.unlink('/proc/meminfo'))).toBe('EPERM')
      expect(await codeOf(() => system.mkdir('/proc/new'))).toBe('ENOENT')
    }))
})
