/** System calls on open files. */
import { again, block } from './block.ts'
import type { Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import type { OpenFile, Positioned } from './open-file.ts'
import { openPath } from './open-path.ts'
import { pathError } from './path-error.ts'
import { createPipe } from './pipe.ts'
import { S_IFIFO } from './stat.ts'
import {
  O_ACCMODE, O_APPEND, O_CLOEXEC, O_NONBLOCK, O_RDONLY, O_WRONLY, SEEK_CUR, SEEK_END, SEEK_SET, type SystemCalls,
} from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { writeBytes } from './write-bytes.ts'

type DescriptorCalls = Pick<
  SystemCalls,
  | 'open' | 'close' | 'read' | 'write' | 'pread' | 'pwrite' | 'lseek' | 'dup' | 'dup2' | 'pipe' | 'pipeSize' | 'getFlags' | 'setFlags'
  | 'ftruncate' | 'available'
>

/** What fcntl(F_SETFL) may change. */
const changeable = O_APPEND | O_NONBLOCK
/** Pipes have a file system of their own. */
const pipeDevice = 14

let pipes = 0

export function descriptorCalls(kernel: Kernel, task: Task, image: Image): DescriptorCalls {
  const { descriptors } = task
  const fileOf = (fd: number) => descriptors.get(fd).file
  const readableFile = (fd: number) => {
    const file = fileOf(fd)
    if ((file.flags & O_ACCMODE) === O_WRONLY) throw new SystemError('EBADF')
    return file
  }
  const writableFile = (fd: number) => {
    const file = fileOf(fd)
    if ((file.flags & O_ACCMODE) === O_RDONLY) throw new SystemError('EBADF')
    return file
  }
  const positionedPart = (file: OpenFile): Positioned => {
    if (!file.positioned) throw new SystemError('ESPIPE')
    return file.positioned
  }
  const count = (length: number) => {
    if (!(Number.isInteger(length) && length >= 0)) throw new SystemError('EINVAL')
    return length
  }

  return {
    open(path, flags, mode = 0o666) {
      const add = (file: OpenFile) => descriptors.add(file, (flags & O_CLOEXEC) !== 0)
      return pathError(path, () => {
        const opened = openPath(kernel, task, image, path, flags, mode)
        return opened instanceof Promise ? opened.then(add) : add(opened)
      })
    },
    close: (fd) => descriptors.close(fd),
    read(fd, length) {
      const file = readableFile(fd)
      if (!file.read) throw new SystemError('EINVAL')
      count(length)
      const attempt = () => {
        const bytes = file.read!(length, task)
        if (bytes === again && file.flags & O_NONBLOCK) throw new SystemError('EAGAIN')
        return bytes
      }
      const milliseconds = file.readLimit?.()
      const limit = milliseconds === undefined ? undefined : { milliseconds, answer: () => new Uint8Array() }
      return block(image, attempt, { queues: [file.input], limit })
    },
    write(fd, bytes) {
      const file = writableFile(fd)
      if (!file.write) throw new SystemError('EINVAL')
      return writeBytes(kernel, task, image, file, bytes)
    },
    pread: (fd, length, offset) => positionedPart(readableFile(fd)).readAt(count(length), count(offset)),
    pwrite(fd, bytes, offset) {
      const file = writableFile(fd)
      const positioned = positionedPart(file)
      // Linux appends whatever the offset says (pwrite(2), BUGS).
      return positioned.writeAt(bytes, file.flags & O_APPEND ? positioned.size() : count(offset))
    },
    lseek(fd, offset, whence) {
      const positioned = positionedPart(fileOf(fd))
      if (positioned.endless) return 0
      const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? positioned.position : whence === SEEK_END ? positioned.size() : NaN
      positioned.position = count(base + offset)
      return positioned.position
    },
    dup: (fd, atLeast = 0, closeOnExec = false) => descriptors.add(fileOf(fd), closeOnExec, atLeast),
    dup2(fd, to, closeOnExec = false) {
      const file = fileOf(fd)
      if (fd !== to) descriptors.set(to, file, closeOnExec)
      return to
    },
    pipe(flags = 0) {
      const time = kernel.now()
      const ino = ++pipes
      const stat = () => ({
        dev: pipeDevice, ino, mode: S_IFIFO | 0o600, nlink: 1, ...task.cred, rdev: 0, size: 0, blocks: 0, atime: time, mtime: time, ctime: time,
      })
      const pipe = createPipe(stat)
      const path = `pipe:[${ino}]`
      const status = flags & O_NONBLOCK
      const closeOnExec = (flags & O_CLOEXEC) !== 0
      const readEnd = descriptors.add(pipe.open(path, O_RDONLY | status), closeOnExec)
      try {
        return [readEnd, descriptors.add(pipe.open(path, O_WRONLY | status), closeOnExec)]
      } catch (error) {
        descriptors.close(readEnd)
        throw error
      }
    },
    pipeSize(fd, size) {
      const file = fileOf(fd)
      if (!file.capacity) throw new SystemError('EBADF')
      return file.capacity(size)
    },
    getFlags(fd) {
      const { file, closeOnExec } = descriptors.get(fd)
      return { status: file.flags, closeOnExec }
    },
    setFlags(fd, { status, closeOnExec }) {
      const descriptor = descriptors.get(fd)
      const { file } = descriptor
      if (status !== undefined) file.flags = (file.flags & ~changeable) | (status & changeable)
      if (closeOnExec !== undefined) descriptor.closeOnExec = closeOnExec
    },
    ftruncate(fd, size) {
      const file = writableFile(fd)
      if (file.ino === undefined) throw new SystemError('EINVAL')
      kernel.fs.truncate(file.ino, count(size))
    },
    available(fd) {
      const file = fileOf(fd)
      if (!file.available) throw new SystemError('ENOTTY')
      return file.available()
    },
  }
}
