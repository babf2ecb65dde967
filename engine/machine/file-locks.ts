/** Advisory locks of whole files (flock(2)): they belong to open file descriptions. */
import { again, type Again } from './block.ts'
import type { Ino } from './file-system.ts'
import type { OpenFile } from './open-file.ts'
import { SystemError } from './system-error.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

export const LOCK_SH = 1
export const LOCK_EX = 2
export const LOCK_NB = 4
export const LOCK_UN = 8

export interface FileLocks {
  /** Woken when a lock is given up. */
  readonly released: WaitQueue
  /** Throws EAGAIN with LOCK_NB where another description holds it. */
  lock(ino: Ino, file: OpenFile, operation: number): void | Again
  release(ino: Ino, file: OpenFile): void
}

export function createFileLocks(): FileLocks {
  const holders = new Map<Ino, Map<OpenFile, number>>()
  const released = createWaitQueue()
  const release = (ino: Ino, file: OpenFile) => {
    const locks = holders.get(ino)
    if (!locks?.delete(file)) return
    if (locks.size === 0) holders.delete(ino)
    released.wake()
  }
  return {
    released,
    release,
    lock(ino, file, operation) {
      const kind = operation & ~LOCK_NB
      if (kind === LOCK_UN) return release(ino, file)
      if (kind !== LOCK_SH && kind !== LOCK_EX) throw new SystemError('EINVAL')
      const locks = holders.get(ino) ?? new Map<OpenFile, number>()
      const others = [...locks].filter(([holder]) => holder !== file)
      if (others.some(([, held]) => held === LOCK_EX || kind === LOCK_EX)) {
        if (operation & LOCK_NB) throw new SystemError('EAGAIN')
        return again
      }
      holders.set(ino, locks.set(file, kind))
      released.wake()
    },
  }
}
