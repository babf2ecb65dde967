/** System calls on advisory locks. */
import { block } from './block.ts'
import type { Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import { O_ACCMODE, O_RDONLY, O_WRONLY, SEEK_CUR, SEEK_END, SEEK_SET, type LockRange, type SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

export function lockCalls(kernel: Kernel, task: Task, image: Image): Pick<SystemCalls, 'flock' | 'setLock' | 'getLock'> {
  const { recordLocks } = kernel
  const lockable = (fd: number) => {
    const { file } = task.descriptors.get(fd)
    const { ino } = file
    if (ino === undefined) throw new SystemError('EINVAL')
    return { file, ino }
  }
  const rangeOf = (fd: number, { kind, whence, start, length }: LockRange) => {
    const { file, ino } = lockable(fd)
    const bases: Record<number, number | undefined> = {
      [SEEK_SET]: 0, [SEEK_CUR]: file.positioned?.position, [SEEK_END]: file.positioned?.size(),
    }
    const from = (bases[whence] ?? NaN) + start
    const first = length < 0 ? from + length : from
    if (!(first >= 0)) throw new SystemError('EINVAL')
    const range = { exclusive: kind === 'write', start: first, end: length === 0 ? Infinity : length < 0 ? from : from + length }
    return { file, ino, range }
  }

  return {
    flock(fd, operation) {
      const { file, ino } = lockable(fd)
      return block<void>(image, () => kernel.locks.lock(ino, file, operation, task.pid), { queues: [kernel.locks.released] })
    },
    setLock(fd, lock, wait) {
      const { file, ino, range } = rangeOf(fd, lock)
      if (lock.kind === 'unlock') return recordLocks.unlock(ino, task, range)
      if ((file.flags & O_ACCMODE) === (lock.kind === 'write' ? O_RDONLY : O_WRONLY)) throw new SystemError('EBADF')
      const locked = block<void>(image, () => recordLocks.lock(ino, task, range, wait), { queues: [recordLocks.released] })
      return locked instanceof Promise ? locked.finally(() => recordLocks.giveUp(task)) : locked
    },
    getLock(fd, lock) {
      const { ino, range } = rangeOf(fd, lock)
      const held = recordLocks.conflict(ino, task, range)
      return held && {
        pid: held.pid, kind: held.exclusive ? 'write' : 'read', start: held.start, length: held.end === Infinity ? 0 : held.end - held.start,
      }
    },
  }
}
