/** The interpreter's imports that take paths, answered by the machine. Names and arguments are Emscripten's libsyscall's. */
import { S_IFIFO, S_IFMT, S_IFREG } from '../machine/stat.ts'
import { O_CREAT, O_EXCL, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportTable } from './interpreter.ts'
import type { ProcessFiles } from './process-files.ts'

const AT_FDCWD = -100
const AT_SYMLINK_NOFOLLOW = 0x100
const AT_REMOVEDIR = 0x200
const AT_EMPTY_PATH = 0x1000
const UTIME_NOW = 0x3fffffff
const UTIME_OMIT = 0x3ffffffe

export function createPathImports(heap: Heap, files: ProcessFiles, kernel: KernelCalls, { syscall }: ImportResult): ImportTable {
  const at = (directory: number, pointer: number) =>
    files.absolute(heap.string(pointer >>> 0), directory === AT_FDCWD ? undefined : directory)
  const here = (pointer: number) => at(AT_FDCWD, pointer)
  const changed = (path: string) => files.writable(path)

  /** struct timespec -> milliseconds, null for now, undefined for unchanged. */
  function time(pointer: number): number | null | undefined {
    const nanoseconds = heap.view().getInt32(pointer + 8, true)
    if (nanoseconds === UTIME_NOW) return null
    if (nanoseconds === UTIME_OMIT) return undefined
    return Number(heap.view().getBigInt64(pointer, true)) * 1000 + nanoseconds / 1e6
  }

  function putStatfs(path: string, pointer: number) {
    const { bytes, capacity, inodes } = kernel.statfs(path)
    const view = heap.view()
    const block = 4096
    heap.bytes().fill(0, pointer, pointer + 88)
    view.setUint32(pointer + 4, block, true)
    view.setUint32(pointer + 60, block, true)
    view.setBigInt64(pointer + 8, BigInt(Math.floor(capacity / block)), true)
    const free = BigInt(Math.floor((capacity - bytes) / block))
    view.setBigInt64(pointer + 16, free, true)
    view.setBigInt64(pointer + 24, free, true)
    view.setBigInt64(pointer + 32, BigInt(inodes) + free, true)
    view.setBigInt64(pointer + 40, free, true)
    view.setUint32(pointer + 56, 255, true)
  }

  return {
    __syscall_openat: (directory: number, path: number, flags: number, varargs: number) => syscall(() =>
      files.open(at(directory, path), flags, varargs ? heap.view().getUint32(varargs >>> 0, true) : 0)),
    __syscall_stat64: (path: number, to: number) => syscall(() => heap.putStat(files.stat(here(path)), to >>> 0)),
    __syscall_lstat64: (path: number, to: number) => syscall(() => heap.putStat(files.lstat(here(path)), to >>> 0)),
    __syscall_newfstatat: (directory: number, path: number, to: number, flags: number) => syscall(() => {
      if (flags & AT_EMPTY_PATH && heap.string(path >>> 0) === '') return heap.putStat(files.fstat(directory), to >>> 0)
      const name = at(directory, path)
      heap.putStat(flags & AT_SYMLINK_NOFOLLOW ? files.lstat(name) : files.stat(name), to >>> 0)
    }),
    __syscall_faccessat: (directory: number, path: number, mask: number) => syscall(() => files.access(at(directory, path), mask)),
    __syscall_mkdirat: (directory: number, path: number, mode: number) => syscall(() => files.mkdir(at(directory, path), mode)),
    __syscall_mknodat: (directory: number, path: number, mode: number) => syscall(() => {
      const name = changed(at(directory, path))
      const type = mode & S_IFMT
      if (type === S_IFIFO) kernel.mkfifo(name, mode & 0o7777)
      else if (type === S_IFREG || type === 0) kernel.close(kernel.open(name, O_CREAT | O_EXCL | O_WRONLY, mode & 0o7777))
      else throw new SystemError('EPERM', name)
    }),
    __syscall_unlinkat: (directory: number, path: number, flags: number) => syscall(() =>
      flags & AT_REMOVEDIR ? kernel.rmdir(changed(at(directory, path))) : kernel.unlink(changed(at(directory, path)))),
    __syscall_rmdir: (path: number) => syscall(() => kernel.rmdir(changed(here(path)))),
    __syscall_renameat: (fromDirectory: number, from: number, toDirectory: number, to: number) => syscall(() =>
      files.rename(at(fromDirectory, from), at(toDirectory, to))),
    __syscall_symlinkat: (target: number, directory: number, path: number) => syscall(() =>
      kernel.symlink(heap.string(target >>> 0), changed(at(directory, path)))),
    __syscall_readlinkat: (directory: number, path: number, to: number, size: number) => syscall(() => {
      const target = new TextEncoder().encode(files.readlink(at(directory, path))).subarray(0, size >>> 0)
      heap.bytes().set(target, to >>> 0)
      return target.length
    }),
    __syscall_chmod: (path: number, mode: number) => syscall(() => kernel.chmod(changed(here(path)), mode)),
    __syscall_fchmodat2: (directory: number, path: number, mode: number) => syscall(() => kernel.chmod(changed(at(directory, path)), mode)),
    __syscall_fchownat: (directory: number, path: number, uid: number, gid: number, flags: number) => syscall(() =>
      kernel.chown(changed(at(directory, path)), uid, gid, !(flags & AT_SYMLINK_NOFOLLOW))),
    __syscall_utimensat: (directory: number, path: number, times: number, flags: number) => syscall(() => {
      const atime = times ? time(times >>> 0) : null
      const mtime = times ? time((times >>> 0) + 16) : null
      if (path) kernel.utimes(changed(at(directory, path)), atime, mtime, !(flags & AT_SYMLINK_NOFOLLOW))
      else kernel.futimes(directory, atime, mtime)
    }),
    __syscall_truncate64: (path: number, size: bigint) => syscall(() => kernel.truncate(changed(here(path)), Number(size))),
    __syscall_statfs64: (path: number, _size: number, to: number) => syscall(() => putStatfs(here(path), to >>> 0)),
    __syscall_fstatfs64: (fd: number, _size: number, to: number) => syscall(() => {
      files.fstat(fd)
      putStatfs('/', to >>> 0)
    }),
    __syscall_chdir: (path: number) => syscall(() => files.chdir(here(path))),
    __syscall_fchdir: (fd: number) => syscall(() => files.fchdir(fd)),
    __syscall_getcwd: (to: number, size: number) => syscall(() => {
      const path = files.getcwd()
      if (!heap.putString(path, to >>> 0, size >>> 0)) throw new SystemError('ERANGE')
      return new TextEncoder().encode(path).length + 1
    }),
  }
}
