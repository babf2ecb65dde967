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

/** A lock as /proc/locks lists it: on bytes from `start` up to before `end`, which may be Infinity. */
export interface HeldLock {
  ino: Ino
  pid: number
  exclusive: boolean
  start: number
  end: number
}

export interface FileLocks {
  /** Woken when a lock is given up. */
  readonly released: WaitQueue
  /** Throws EAGAIN with LOCK_NB where another description holds it. `pid` is whose call it is. */
  lock(ino: Ino, file: OpenFile, operation: number, pid: number): void | Again
  release(ino: Ino, file: OpenFile): void
  held(): HeldLock[]
}

export function createFileLocks(): FileLocks {
  const holders = new Map<Ino, Map<OpenFile, { kind: number; pid: number }>>()
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
    held: () => [...holders].flatMap(([ino, files]) =>
      [...files.values()].map(({ kind, pid }) => ({ ino, pid, exclusive: kind === LOCK_EX, start: 0, end: Infinity }))),
    lock(ino, file, operation, pid) {
      const kind = operation & ~LOCK_NB
      if (kind === LOCK_UN) return release(ino, file)
      if (kind !== LOCK_SH && kind !== LOCK_EX) throw new SystemError('EINVAL')
      const locks = holders.get(ino) ?? new Map<OpenFile, { kind: number; pid: number }>()
      const others = [...locks].filter(([holder]) => holder !== file)
      if (others.some(([, held]) => held.kind === LOCK_EX || kind === LOCK_EX)) {
        if (operation & LOCK_NB) throw new SystemError('EAGAIN')
        return again
      }
      holders.set(ino, locks.set(file, { kind, pid }))
      released.wake()
    },
  }
}
