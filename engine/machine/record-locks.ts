/** Advisory locks of ranges of bytes (fcntl's F_SETLK): they belong to processes, and end with any descriptor of the file. */
import { again, type Again } from './block.ts'
import type { HeldLock } from './file-locks.ts'
import type { Ino } from './file-system.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'
import { createWaitQueue, type WaitQueue } from './wait-queue.ts'

/** From `start` up to before `end`, which may be Infinity. */
export interface LockedRange {
  exclusive: boolean
  start: number
  end: number
}
interface Held extends LockedRange {
  owner: Task
}

export interface RecordLocks {
  /** Woken when a lock is given up. */
  readonly released: WaitQueue
  /** What keeps `owner` from locking the range. */
  conflict(ino: Ino, owner: Task, range: LockedRange): { pid: number } & LockedRange | undefined
  /** Throws EAGAIN where another process holds it and `wait` is false, EDEADLK where waiting would never end. */
  lock(ino: Ino, owner: Task, range: LockedRange, wait: boolean): void | Again
  unlock(ino: Ino, owner: Task, range: Pick<LockedRange, 'start' | 'end'>): void
  /** The owner waits no longer. */
  giveUp(owner: Task): void
  held(): HeldLock[]
}

const overlap = (a: Pick<LockedRange, 'start' | 'end'>, b: Pick<LockedRange, 'start' | 'end'>) => a.start < b.end && b.start < a.end

export function createRecordLocks(): RecordLocks {
  const files = new Map<Ino, Held[]>()
  const waiting = new Map<Task, Task>()
  const released = createWaitQueue()

  const inTheWay = (ino: Ino, owner: Task, range: LockedRange) =>
    files.get(ino)?.find((held) => held.owner !== owner && overlap(held, range) && (held.exclusive || range.exclusive))

  /** What the owner holds outside of the range stays. */
  const without = (held: Held, owner: Task, range: Pick<LockedRange, 'start' | 'end'>): Held[] => {
    if (held.owner !== owner || !overlap(held, range)) return [held]
    return [{ ...held, end: range.start }, { ...held, start: range.end }].filter(({ start, end }) => start < end)
  }
  const cut = (ino: Ino, owner: Task, range: Pick<LockedRange, 'start' | 'end'>) => {
    const left = (files.get(ino) ?? []).flatMap((held) => without(held, owner, range))
    if (left.length > 0) files.set(ino, left)
    else files.delete(ino)
    return left
  }
  const waitsFor = (task: Task | undefined, owner: Task): boolean => {
    for (let next = task; next; next = waiting.get(next)) if (next === owner) return true
    return false
  }

  return {
    released,
    conflict(ino, owner, range) {
      const held = inTheWay(ino, owner, range)
      return held && { pid: held.owner.pid, exclusive: held.exclusive, start: held.start, end: held.end }
    },
    lock(ino, owner, range, wait) {
      waiting.delete(owner)
      const held = inTheWay(ino, owner, range)
      if (held) {
        if (!wait) throw new SystemError('EAGAIN')
        if (waitsFor(waiting.get(held.owner), owner)) throw new SystemError('EDEADLK')
        waiting.set(owner, held.owner)
        return again
      }
      const own = cut(ino, owner, range)
      files.set(ino, [...own, { ...range, owner }])
      // An exclusive lock that became a shared one lets others in.
      released.wake()
    },
    unlock(ino, owner, range) {
      if (!files.has(ino)) return
      cut(ino, owner, range)
      released.wake()
    },
    giveUp: (owner) => void waiting.delete(owner),
    held: () => [...files].flatMap(([ino, held]) => held.map(({ owner, ...range }) => ({ ino, pid: owner.pid, ...range }))),
  }
}
