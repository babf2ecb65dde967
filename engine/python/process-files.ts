/**
 * A process's view of files: the kernel's, with the standard library laid over them. What files hold is kept here once it was read, small
 * files are brought over whole when they are opened, and all of it is used until the kernel tells of a change.
 */
import { nameMark } from '../machine/change-log.ts'
import type { Stat } from '../machine/stat.ts'
import { isDirectory, isRegular } from '../machine/stat.ts'
import { O_ACCMODE, O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_RDONLY, O_TRUNC, SEEK_CUR, SEEK_END, SEEK_SET } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import { directoryOf } from './directory-of.ts'
import { createFileAnswers } from './file-answers.ts'
import { createFileChanges } from './file-changes.ts'
import { createFileContents } from './file-contents.ts'
import { createParkedFile } from './parked-file.ts'
import { createRoomForFiles } from './room-for-files.ts'
import type { Stdlib } from './stdlib-files.ts'
import { isStdlibFile } from './stdlib-files.ts'

export interface DirectoryEntry {
  name: string
  ino: number
  mode: number
}

/** An open file that is only read. `bytes` are there where the kernel has not opened it: library files, compiled modules. */
interface HeldFile {
  stat: Stat
  bytes: Uint8Array | undefined
  position: number
  moment: number
}

/** An open file at its beginning that nothing was done with: what opening it said is still true, as far as `moment` says. */
interface FreshFile {
  stat: Stat
  moment: number
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
  readlink(path: string): string
  write(fd: number, bytes: Uint8Array): number
  access(path: string, mask: number): void
  entries(fd: number): DirectoryEntry[]
  /** For calls that change what is at a path: refuses those in the standard library. */
  writable(path: string): string
  mkdir(path: string, mode: number): void
  /** A new file, made without waiting; false where it is not known that it can be made. */
  makeFile(path: string, mode: number, bytes: Uint8Array): boolean
  rename(from: string, to: string): void
  chdir(path: string): void
  fchdir(fd: number): void
  getcwd(): string
  /** Gives the kernel the true position of files that are read here (of all), before a child or a copy shares these descriptors. */
  settle(fds?: Iterable<number>): void
  /** A system call is about to be made, by whomever. */
  calling(name: string): void
  /** Another file takes the descriptor's place. */
  replaced(fd: number): void
  /** As if nothing had been asked yet. */
  forget(): void
}

/** Descriptors of files that the kernel has not opened: above any that it gives out. */
const FIRST_LOCAL = 1 << 20

/** Characters of a name that no file system finds too long, in whatever encoding. */
const SHORT_NAME = 60

/** `log` is told where the machine writes its changes when the process starts. */
export function createProcessFiles(kernel: KernelCalls, stdlib: Stdlib, log: { view: Int32Array | undefined }): ProcessFiles {
  const held = new Map<number, HeldFile>()
  const fresh = new Map<number, FreshFile>()
  const directories = new Map<number, string>()
  /** By `open`: closing them cannot fail. */
  const opened = new Set<number>()
  const changes = createFileChanges(log)
  const answers = createFileAnswers(kernel, changes)
  const contents = createFileContents(kernel, changes)
  let room = createRoomForFiles(kernel)
  let parked = createParkedFile<HeldFile>(fd => kernel.closeSoon(fd))
  let nextLocal = FIRST_LOCAL

  function libraryStat(path: string): Stat {
    const node = stdlib.lookup(path)
    if (!node) throw new SystemError('ENOENT', path)
    return node.stat
  }

  /** The held file, as long as what is held is what the kernel has; otherwise it becomes an ordinary descriptor. */
  function current(fd: number): HeldFile | undefined {
    const file = held.get(fd)
    if (!file || file.bytes || isTrue(file)) return file
    release(fd, file)
    return undefined
  }

  const isTrue = ({ stat, moment }: FreshFile) => changes.moment() !== undefined && !changes.altered(moment, stat.ino)

  const bytesOf = (fd: number, { bytes, stat }: HeldFile, offset: number, length: number) =>
    bytes ? bytes.subarray(offset, offset + length) : contents.read(fd, stat, offset, length)

  /** The file will be where it says no longer. */
  function use(fd: number) {
    fresh.delete(fd)
    return fd
  }

  function release(fd: number, file: HeldFile) {
    held.delete(fd)
    if (file.position !== 0) kernel.lseek(fd, file.position, SEEK_SET)
  }

  const isHere = (path: string, flags: number) =>
    flags & O_DIRECTORY ? answers.isListed(path) : contents.whole(answers.known(path)?.ino)

  function learn({ at, stats }: ReturnType<KernelCalls['renameWhole']>) {
    const moment = at === undefined ? undefined : changes.momentAt(at)
    if (moment !== undefined) for (const [path, stat] of stats) answers.learn(path, stat, moment)
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
        held.set(fd, { stat: node.stat, bytes, position: 0, moment: 0 })
        if (!isStdlibFile(node)) directories.set(fd, path)
        return fd
      }
      const onlyRead = (flags & (O_ACCMODE | O_TRUNC | O_CREAT)) === O_RDONLY
      const compiled = onlyRead && !(flags & O_DIRECTORY) ? answers.compiled(path) : undefined
      if (compiled) {
        held.set(nextLocal, { stat: compiled.stat, bytes: compiled.bytes, position: 0, moment: 0 })
        return nextLocal++
      }
      if (onlyRead && answers.missing(path)) throw new SystemError('ENOENT', path)
      const again = parked.take(path, flags)
      if (again && isTrue(again.file) && answers.known(path)?.ino === again.file.stat.ino) {
        opened.add(again.fd)
        held.set(again.fd, { ...again.file, position: 0 })
        return again.fd
      }
      if (again) kernel.closeSoon(again.fd)
      const before = changes.moment()
      const { fd, stat, bytes, listing, at, directory } = kernel.openWhole(path, flags, mode, onlyRead && isHere(path, flags))
      const moment = at === undefined ? before : changes.momentAt(at)
      opened.add(fd)
      directories.delete(fd)
      if (isDirectory(stat.mode)) directories.set(fd, path)
      if (moment === undefined) return fd
      if (!(flags & O_NOFOLLOW)) answers.learn(path, stat, moment)
      if (directory) answers.learn(directoryOf(path), directory, moment)
      if (listing) answers.learnListing(path, listing, moment)
      if (bytes) contents.add(stat, bytes, moment)
      if (onlyRead && isRegular(stat.mode) && stat.size > 0) {
        held.set(fd, { stat, bytes: undefined, position: 0, moment })
        parked.opened(fd, path, flags)
      } else fresh.set(fd, { stat, moment })
      return fd
    },
    close(fd) {
      directories.delete(fd)
      const file = held.get(fd)
      held.delete(use(fd))
      if (fd >= FIRST_LOCAL && file) return
      const known = opened.delete(fd)
      if (parked.closed(fd, known && file && isTrue(file) ? file : undefined)) return
      if (known) kernel.closeSoon(fd)
      else kernel.close(fd)
    },
    read(fd, length) {
      const file = current(fd)
      if (!file) return kernel.read(use(fd), length)
      const bytes = bytesOf(fd, file, file.position, length)
      file.position += bytes.length
      return bytes
    },
    pread(fd, length, offset) {
      const file = current(fd)
      return file ? bytesOf(fd, file, offset, length) : kernel.pread(fd, length, offset)
    },
    write: (fd, bytes) => kernel.write(use(fd), bytes),
    seek(fd, offset, whence) {
      const file = current(fd)
      if (!file && offset === 0 && whence !== SEEK_END && fresh.has(fd) && isRegular(files.fstat(fd).mode)) return 0
      if (!file) return kernel.lseek(use(fd), offset, whence)
      const position = offset + (whence === SEEK_SET ? 0 : whence === SEEK_CUR ? file.position : file.stat.size)
      if (position < 0) throw new SystemError('EINVAL')
      file.position = position
      return position
    },
    fstat(fd) {
      const known = current(fd) ?? fresh.get(fd)
      return known && (held.has(fd) || isTrue(known)) ? known.stat : kernel.fstat(fd)
    },
    stat: path => stdlib.covers(path) ? libraryStat(path) : answers.stat('stat', path),
    lstat: path => stdlib.covers(path) ? libraryStat(path) : answers.stat('lstat', path),
    readlink: path => answers.readlink(path),
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
    mkdir(path, mode) {
      const before = changes.moment()
      learn(kernel.mkdirWhole(files.writable(path), mode, [path, directoryOf(path)]))
      if (before !== undefined) answers.learnEmpty(path, before)
    },
    makeFile(path, mode, bytes) {
      if (stdlib.covers(path) || path.length - path.lastIndexOf('/') > SHORT_NAME) return false
      const directory = answers.placeFor(path, room.may)
      if (directory === undefined || !room.take(bytes.length)) return false
      kernel.makeFileSoon(path, mode, bytes)
      changes.expect([directory, nameMark(path.slice(path.lastIndexOf('/') + 1))])
      return true
    },
    rename(from, to) {
      learn(kernel.renameWhole(files.writable(from), files.writable(to), [to, ...new Set([from, to].map(directoryOf))]))
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
    settle(fds = [...held.keys(), ...fresh.keys()]) {
      for (const fd of fds) {
        const file = held.get(use(fd))
        if (file && !file.bytes) release(fd, file)
      }
    },
    calling: name => parked.calling(name),
    forget() {
      for (const map of [held, fresh, directories, opened]) map.clear()
      for (const each of [answers, contents, changes]) each.forget()
      room = createRoomForFiles(kernel)
      parked = createParkedFile<HeldFile>(fd => kernel.closeSoon(fd))
      nextLocal = FIRST_LOCAL
    },
    replaced(fd) {
      held.delete(use(fd))
      directories.delete(fd)
    },
  }
  return files
}

/** Without empty and `.` components: one file, one key. `..` and symlinks are the kernel's to follow. A slash at the end stays. */
function normal(path: string): string {
  if (!path.includes('//') && !path.includes('/.')) return path
  const trailing = /\/\.?$/.test(path) && path !== '/'
  const joined = `/${path.split('/').filter(part => part !== '' && part !== '.').join('/')}`
  return trailing && joined !== '/' ? `${joined}/` : joined
}
