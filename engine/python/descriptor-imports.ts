/** The interpreter's imports that take descriptors, answered by the machine. */
import { joinBytes } from '../bytes/join-bytes.ts'
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } from '../machine/stat.ts'
import { O_CLOEXEC, POLLNVAL, SEEK_SET, type LockRange } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { Heap } from './heap.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportTable } from './interpreter.ts'
import type { DirectoryEntry, ProcessFiles } from './process-files.ts'

const F_DUPFD = 0
const F_GETFD = 1
const F_SETFD = 2
const F_GETFL = 3
const F_SETFL = 4
const F_GETLK = 12
const F_SETLK = 13
const F_SETLKW = 14
const F_DUPFD_CLOEXEC = 1030
const F_SETPIPE_SZ = 1031
const F_GETPIPE_SZ = 1032
/** l_type, by its number: F_RDLCK, F_WRLCK, F_UNLCK. */
const LOCK_KINDS = ['read', 'write', 'unlock'] as const
const LAST_OFFSET = 2n ** 53n - 1n
const FD_CLOEXEC = 1

/** WASI's file types. */
const CHARACTER_DEVICE = 2
const DIRECTORY = 3
const REGULAR_FILE = 4

/** Emscripten's struct dirent, as its getdents64 packs it, and the d_type of each file type. */
const DIRENT_SIZE = 280
const directoryTypes: Record<number, number> = {
  [S_IFIFO]: 1, [S_IFCHR]: 2, [S_IFDIR]: 4, [S_IFBLK]: 6, [S_IFREG]: 8, [S_IFLNK]: 10, [S_IFSOCK]: 12,
}

export function createDescriptorImports(
  heap: Heap, files: ProcessFiles, kernel: KernelCalls, { syscall, wasi }: ImportResult,
): ImportTable {
  const listings = new Map<number, { entries: DirectoryEntry[]; position: number }>()

  /** readv: stops at the first short read. */
  function scatter(pointer: number, count: number, read: (length: number, done: number) => Uint8Array): number {
    let done = 0
    for (const room of heap.vectors(pointer >>> 0, count)) {
      if (room.length === 0) continue
      const bytes = read(room.length, done)
      room.set(bytes)
      done += bytes.length
      if (bytes.length < room.length) break
    }
    return done
  }

  /** writev, as one write: what comes from one `print` stays together. A copy: a message with a view of the memory would take all of it along. */
  function gather(pointer: number, count: number): Uint8Array {
    const parts = heap.vectors(pointer >>> 0, count)
    const [only] = parts
    return only && parts.length === 1 ? only.slice() : joinBytes(parts)
  }

  /** struct flock: short l_type, l_whence; off_t l_start, l_len; pid_t l_pid. */
  function heldLock(at: number): LockRange {
    const view = heap.view()
    const kind = LOCK_KINDS[view.getInt16(at, true)]
    if (!kind) throw new SystemError('EINVAL')
    const [start, length] = [view.getBigInt64(at + 8, true), view.getBigInt64(at + 16, true)]
    // Up to the highest offset that a file may have is up to the end.
    return { kind, whence: view.getInt16(at + 2, true), start: Number(start), length: start + length >= LAST_OFFSET ? 0 : Number(length) }
  }

  function putLock(at: number, held: ReturnType<KernelCalls['getLock']>) {
    const view = heap.view()
    view.setInt16(at, LOCK_KINDS.indexOf(held?.kind ?? 'unlock'), true)
    if (!held) return
    view.setInt16(at + 2, SEEK_SET, true)
    view.setBigInt64(at + 8, BigInt(held.start), true)
    view.setBigInt64(at + 16, BigInt(held.length), true)
    view.setInt32(at + 24, held.pid, true)
  }

  /** What is read here from memory may stand at another place than the kernel's descriptor does. */
  function lockable(fd: number): number {
    files.fstat(fd)
    files.settle([fd])
    return fd
  }

  const count = (pointer: number, value: number) => heap.view().setUint32(pointer >>> 0, value, true)

  function directoryEntries(fd: number, to: number, room: number): number {
    const listing = listings.get(fd) ?? { entries: files.entries(fd), position: 0 }
    listings.set(fd, listing)
    let used = 0
    for (; listing.position < listing.entries.length && used + DIRENT_SIZE <= room; listing.position++, used += DIRENT_SIZE) {
      const entry = listing.entries[listing.position] as DirectoryEntry
      const at = to + used
      heap.view().setBigInt64(at, BigInt(entry.ino), true)
      heap.view().setBigInt64(at + 8, BigInt(listing.position + 1), true)
      heap.view().setUint16(at + 16, DIRENT_SIZE, true)
      heap.view().setUint8(at + 18, directoryTypes[entry.mode & S_IFMT] ?? 0)
      heap.putString(entry.name, at + 19, 256)
    }
    return used
  }

  function poll(pointer: number, length: number, timeout: number): number {
    const rows = Array.from({ length }, (_, index) => pointer + index * 8)
    const view = heap.view()
    const asked = rows.map(at => ({ fd: view.getInt32(at, true), events: view.getInt16(at + 4, true) })).filter(({ fd }) => fd >= 0)
    const ready = new Map(kernel.poll(asked, timeout).map(({ fd, revents }) => [fd, revents]))
    let answered = 0
    for (const at of rows) {
      const fd = heap.view().getInt32(at, true)
      const wanted = heap.view().getInt16(at + 4, true)
      const found = (ready.get(fd) ?? 0) & (wanted | 8 | 16 | POLLNVAL)
      heap.view().setInt16(at + 6, found, true)
      if (found) answered++
    }
    return answered
  }

  function control(fd: number, command: number, argument: number): number {
    switch (command) {
      case F_DUPFD:
      case F_DUPFD_CLOEXEC:
        files.settle([fd])
        return kernel.dup(fd, argument, command === F_DUPFD_CLOEXEC)
      case F_GETFD:
        return kernel.getFlags(fd).closeOnExec ? FD_CLOEXEC : 0
      case F_SETFD:
        kernel.setFlags(fd, { closeOnExec: (argument & FD_CLOEXEC) !== 0 })
        return 0
      case F_GETFL:
        return kernel.getFlags(fd).status
      case F_SETFL:
        kernel.setFlags(fd, { status: argument })
        return 0
      case F_GETLK:
        putLock(argument, kernel.getLock(lockable(fd), heldLock(argument)))
        return 0
      case F_SETLK:
      case F_SETLKW:
        kernel.setLock(lockable(fd), heldLock(argument), command === F_SETLKW)
        return 0
      case F_SETPIPE_SZ:
        return kernel.pipeSize(fd, argument)
      case F_GETPIPE_SZ:
        return kernel.pipeSize(fd)
    }
    throw new SystemError('EINVAL')
  }

  return {
    fd_read: (fd: number, vectors: number, length: number, to: number) => wasi(() =>
      count(to, scatter(vectors, length, room => files.read(fd, room)))),
    fd_pread: (fd: number, vectors: number, length: number, offset: bigint, to: number) => wasi(() =>
      count(to, scatter(vectors, length, (room, done) => files.pread(fd, room, Number(offset) + done)))),
    fd_write: (fd: number, vectors: number, length: number, to: number) => wasi(() => count(to, files.write(fd, gather(vectors, length)))),
    fd_pwrite: (fd: number, vectors: number, length: number, offset: bigint, to: number) => wasi(() =>
      count(to, kernel.pwrite(fd, gather(vectors, length), Number(offset)))),
    fd_seek: (fd: number, offset: bigint, whence: number, to: number) => wasi(() => {
      const listing = listings.get(fd)
      if (listing && whence === SEEK_SET) listing.position = Number(offset)
      const position = listing ? listing.position : files.seek(fd, Number(offset), whence)
      heap.putOffset(position, to >>> 0)
    }),
    fd_close: (fd: number) => wasi(() => {
      listings.delete(fd)
      files.close(fd)
    }),
    fd_sync: (fd: number) => wasi(() => void files.fstat(fd)),
    fd_fdstat_get: (fd: number, to: number) => wasi(() => {
      const type = files.fstat(fd).mode & S_IFMT
      heap.bytes().fill(0, to >>> 0, (to >>> 0) + 24)
      // isatty(3) takes every character device for a terminal.
      heap.view().setUint8(to >>> 0, type === S_IFDIR ? DIRECTORY : type === S_IFCHR && kernel.isatty(fd) ? CHARACTER_DEVICE : REGULAR_FILE)
    }),
    __syscall_fstat64: (fd: number, to: number) => syscall(() => heap.putStat(files.fstat(fd), to >>> 0)),
    __syscall_getdents64: (fd: number, to: number, room: number) => syscall(() => directoryEntries(fd, to >>> 0, room >>> 0)),
    __syscall_fcntl64: (fd: number, command: number, varargs: number) => syscall(() =>
      control(fd, command, varargs ? heap.view().getInt32(varargs >>> 0, true) : 0)),
    __syscall_dup: (fd: number) => syscall(() => {
      files.settle([fd])
      return kernel.dup(fd)
    }),
    __syscall_dup3: (fd: number, to: number, flags: number) => syscall(() => {
      files.settle([fd])
      const copy = kernel.dup2(fd, to, (flags & O_CLOEXEC) !== 0)
      if (fd === to) return copy
      listings.delete(to)
      files.replaced(to)
      return copy
    }),
    __syscall_pipe: (to: number) => syscall(() => {
      // os.pipe calls it, and sets this flag by an ioctl that the wasm's C library keeps to itself.
      const [readEnd, writeEnd] = kernel.pipe(O_CLOEXEC)
      heap.view().setInt32(to >>> 0, readEnd, true)
      heap.view().setInt32((to >>> 0) + 4, writeEnd, true)
    }),
    __syscall_poll: (fds: number, length: number, timeout: number) => syscall(() => poll(fds >>> 0, length, timeout)),
    __syscall_fchmod: (fd: number, mode: number) => syscall(() => kernel.fchmod(fd, mode)),
    __syscall_fchown32: (fd: number) => syscall(() => void files.fstat(fd)),
    __syscall_fdatasync: (fd: number) => syscall(() => void files.fstat(fd)),
    __syscall_ftruncate64: (fd: number, size: bigint) => syscall(() => kernel.ftruncate(fd, Number(size))),
    __syscall_fadvise64: () => 0,
    __syscall_fallocate: (fd: number, _mode: number, offset: bigint, length: bigint) => syscall(() => {
      if (files.fstat(fd).size < Number(offset + length)) kernel.ftruncate(fd, Number(offset + length))
    }),
    _try_fcntl64: () => 0,
    _maybe_poll_async: () => null,
  }
}
