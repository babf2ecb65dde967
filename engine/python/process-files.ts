/**
 * A process's view of files: the kernel's, with the standard library laid over them. Small files that are only read are brought over
 * whole when they are opened, and hold while the file system's generation stands still.
 */
import type { Stat } from '../machine/stat.ts'
import { isDirectory } from '../machine/stat.ts'
import { O_ACCMODE, O_CREAT, O_DIRECTORY, O_RDONLY, O_TRUNC, SEEK_CUR, SEEK_SET } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import { createFileAnswers } from './file-answers.ts'
import type { Stdlib } from './stdlib-files.ts'
import { isStdlibFile } from './stdlib-files.ts'

export interface DirectoryEntry {
  name: string
  ino: number
  mode: number
}

/** An open file whose bytes are here. `generation` is undefined where the kernel has not opened it: library files, compiled modules. */
interface HeldFile {
  path: string
  stat: Stat
  bytes: Uint8Array
  position: number
  generation: number | undefined
}

export interface ProcessFiles {
  absolute(path: string, directory?: number): string
  open(path: string, flags: number, mode: number): number
  close(fd: number): void
  read(fd: number, length: number): Uint8Array
  pread(fd: number, length: number, offset: number): Uint8Array
  seek(fd: number, offset: number, whence: number): number
  fstat(fd: number): Stat
  stat(path: string): Stat
  lstat(path: string): Stat
  access(path: string, mask: number): void
  entries(fd: number): DirectoryEntry[]
  /** For calls that change what is at a path: refuses those in the standard library. */
  writable(path: string): string
  chdir(path: string): void
  fchdir(fd: number): void
  getcwd(): string
  /** Gives the kernel the true position of every file that is read here, before descriptors are shared with a child or a copy. */
  settle(): void
}

/** Descriptors of files that the kernel has not opened: above any that it gives out. */
const FIRST_LOCAL = 1 << 20

export function createProcessFiles(kernel: KernelCalls, stdlib: Stdlib, generation: { view: Int32Array | undefined }): ProcessFiles {
  const held = new Map<number, HeldFile>()
  const directories = new Map<number, string>()
  const now = () => generation.view && Atomics.load(generation.view, 0)
  const answers = createFileAnswers(kernel, now)
  let nextLocal = FIRST_LOCAL

  function libraryStat(path: string): Stat {
    const node = stdlib.lookup(path)
    if (!node) throw new SystemError('ENOENT', path)
    return node.stat
  }

  /** The held file, as long as what is held is what the kernel has; otherwise it becomes an ordinary descriptor. */
  function current(fd: number): HeldFile | undefined {
    const file = held.get(fd)
    if (file && file.generation !== undefined && file.generation !== now()) {
      release(fd, file)
      return undefined
    }
    return file
  }

  function release(fd: number, file: HeldFile) {
    held.delete(fd)
    if (file.position !== 0) kernel.lseek(fd, file.position, SEEK_SET)
  }

  const files: ProcessFiles = {
    absolute(path, directory) {
      if (path === '') throw new SystemError('ENOENT', path)
      if (path.startsWith('/')) return normal(path)
      const base = directory === undefined ? files.getcwd() : directories.get(directory)
      if (base === undefined) throw new SystemError(directory !== undefined && files.fstat(directory) ? 'ENOTDIR' : 'EBADF', path)
      return normal(`${base}/${path}`)
    },
    open(path, flags, mode) {
      if (stdlib.covers(path)) {
        const node = stdlib.lookup(path)
        if (!node) throw new SystemError(flags & O_CREAT ? 'EACCES' : 'ENOENT', path)
        if ((flags & O_ACCMODE) !== O_RDONLY || flags & O_TRUNC) throw new SystemError('EACCES', path)
        if (isStdlibFile(node) && flags & O_DIRECTORY) throw new SystemError('ENOTDIR', path)
        const fd = nextLocal++
        const bytes = isStdlibFile(node) ? node.bytes : new Uint8Array(0)
        held.set(fd, { path, stat: node.stat, bytes, position: 0, generation: undefined })
        if (!isStdlibFile(node)) directories.set(fd, path)
        return fd
      }
      const before = now()
      const compiled = flags & (O_ACCMODE | O_DIRECTORY | O_TRUNC | O_CREAT) ? undefined : answers.compiled(path)
      if (compiled) {
        held.set(nextLocal, { path, ...compiled, position: 0, generation: undefined })
        return nextLocal++
      }
      const { fd, stat, bytes } = kernel.openWhole(path, flags, mode)
      if (bytes && before !== undefined) held.set(fd, { path, stat, bytes, position: 0, generation: before })
      if (isDirectory(stat.mode)) directories.set(fd, path)
      return fd
    },
    close(fd) {
      directories.delete(fd)
      const file = held.get(fd)
      held.delete(fd)
      if (fd >= FIRST_LOCAL && file) return
      if (file) kernel.closeSoon(fd)
      else kernel.close(fd)
    },
    read(fd, length) {
      const file = current(fd)
      if (!file) return kernel.read(fd, length)
      const bytes = file.bytes.subarray(file.position, file.position + length)
      file.position += bytes.length
      return bytes
    },
    pread(fd, length, offset) {
      const file = current(fd)
      return file ? file.bytes.subarray(offset, offset + length) : kernel.pread(fd, length, offset)
    },
    seek(fd, offset, whence) {
      const file = current(fd)
      if (!file) return kernel.lseek(fd, offset, whence)
      const position = offset + (whence === SEEK_SET ? 0 : whence === SEEK_CUR ? file.position : file.stat.size)
      if (position < 0) throw new SystemError('EINVAL')
      file.position = position
      return position
    },
    fstat: fd => current(fd)?.stat ?? kernel.fstat(fd),
    stat: path => stdlib.covers(path) ? libraryStat(path) : answers.stat('stat', path),
    lstat: path => stdlib.covers(path) ? libraryStat(path) : answers.stat('lstat', path),
    access(path, mask) {
      if (!stdlib.covers(path)) return kernel.access(path, mask)
      const { mode } = libraryStat(path)
      if (mask & 2 || (mask & 1 && !(mode & 0o111))) throw new SystemError('EACCES', path)
    },
    entries(fd) {
      const path = directories.get(fd)
      const node = path !== undefined && stdlib.covers(path) ? stdlib.lookup(path) : undefined
      if (!node) return path === undefined ? kernel.freaddir(fd) : answers.entries(path)
      return isStdlibFile(node) ? [] : [...node.names].map(([name, { ino, mode }]) => ({ name, ino, mode }))
    },
    writable(path) {
      if (stdlib.covers(path)) throw new SystemError(stdlib.lookup(path) ? 'EACCES' : 'ENOENT', path)
      return path
    },
    chdir(path) {
      kernel.chdir(path)
      answers.moved()
    },
    fchdir(fd) {
      kernel.fchdir(fd)
      answers.moved()
    },
    getcwd: () => answers.getcwd(),
    settle() {
      for (const [fd, file] of held) if (file.generation !== undefined) release(fd, file)
    },
  }
  return files
}

/** Without empty and `.` components: one file, one key. `..` and symlinks are the kernel's to follow. A slash at the end stays. */
function normal(path: string): string {
  if (!/\/(?:\/|\.(?:\/|$))/.test(path)) return path
  const trailing = /\/\.?$/.test(path) && path !== '/'
  const joined = `/${path.split('/').filter(part => part !== '' && part !== '.').join('/')}`
  return trailing && joined !== '/' ? `${joined}/` : joined
}
