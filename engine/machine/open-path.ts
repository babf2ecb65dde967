/** open(2). */
import type { Image } from './image.ts'
import { openDevice } from './devices.ts'
import { openFifo } from './fifo.ts'
import { openInode } from './inode-file.ts'
import type { Kernel } from './kernel.ts'
import { locate } from './locate.ts'
import type { OpenFile } from './open-file.ts'
import { openProc } from './proc-open.ts'
import { isDirectory, isRegular, isSymlink, S_IFCHR, S_IFIFO, S_IFMT, S_IFREG } from './stat.ts'
import {
  O_ACCMODE, O_CLOEXEC, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_TRUNC, O_WRONLY, type Result,
} from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** What an open description remembers of the flags: not those that only say how to open. */
const lasting = ~(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY)

/** A FIFO's `open` may wait. */
export function openPath(kernel: Kernel, task: Task, image: Image, path: string, flags: number, mode: number): Result<OpenFile> {
  const { fs } = kernel
  const exclusive = (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0
  const writes = (flags & O_ACCMODE) !== O_RDONLY
  const status = flags & lasting
  const found = locate(kernel, task, path, { follow: !(flags & O_NOFOLLOW) && !exclusive })
  if (found.kind === 'proc') {
    if (exclusive) throw new SystemError('EEXIST')
    return openProc(kernel, found.node, found.path, status)
  }
  if (found.ino === undefined) {
    if (!(flags & O_CREAT)) throw new SystemError('ENOENT')
    if (found.mustBeDirectory) throw new SystemError('EISDIR')
    fs.access(found.parent, 3, task.cred)
    const made = fs.create(found.parent, found.name, { mode: S_IFREG | (mode & 0o7777 & ~task.umask), ...task.cred })
    return openInode(kernel, made, found.path, status)
  }

  const { ino } = found
  if (exclusive) throw new SystemError('EEXIST')
  const type = fs.stat(ino).mode
  if (isSymlink(type)) throw new SystemError('ELOOP')
  if (isDirectory(type) && (writes || flags & O_CREAT)) throw new SystemError('EISDIR')
  if (!isDirectory(type) && flags & O_DIRECTORY) throw new SystemError('ENOTDIR')
  const access = flags & O_ACCMODE
  fs.access(ino, access === O_RDONLY ? 4 : access === O_WRONLY ? 2 : 6, task.cred)
  if (isDirectory(type)) return openInode(kernel, ino, found.path, status)
  if (isRegular(type)) {
    if (flags & O_TRUNC) {
      fs.access(ino, 2, task.cred)
      fs.truncate(ino, 0)
    }
    return openInode(kernel, ino, found.path, status)
  }
  if ((type & S_IFMT) === S_IFIFO) return openFifo(kernel, image, ino, found.path, status)
  if ((type & S_IFMT) === S_IFCHR) return openDevice(kernel, task, fs.stat(ino).rdev, found.path, status, () => fs.stat(ino))
  throw new SystemError('ENXIO')
}
