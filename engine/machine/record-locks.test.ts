import { expect, test } from 'vitest'
import { errnoOf } from '../../test/support/errno-of.ts'
import { again } from './block.ts'
import { createRecordLocks } from './record-locks.ts'
import type { Task } from './task.ts'

const [one, two, three] = [1, 2, 3].map((pid) => ({ pid }) as Task) as [Task, Task, Task]
const range = (start: number, end: number, exclusive = true) => ({ start, end, exclusive })

test('what is unlocked in the middle leaves both sides locked', () => {
  const locks = createRecordLocks()
  locks.lock(9, one, range(0, 100), false)
  locks.unlock(9, one, { start: 40, end: 60 })
  expect(locks.conflict(9, two, range(40, 60))).toBeUndefined()
  expect(locks.conflict(9, two, range(0, 41))).toEqual({ pid: 1, ...range(0, 40) })
  expect(locks.conflict(9, two, range(50, Infinity))).toEqual({ pid: 1, ...range(60, 100) })
  expect(locks.conflict(9, one, range(0, 100))).toBeUndefined()
})

test('a lock may change its kind, and shared ones share', () => {
  const locks = createRecordLocks()
  locks.lock(9, one, range(0, 10), false)
  locks.lock(9, one, range(5, 10, false), false)
  locks.lock(9, two, range(5, 10, false), false)
  expect(locks.conflict(9, two, range(0, 10, false))).toEqual({ pid: 1, ...range(0, 5) })
  expect(errnoOf(() => locks.lock(9, two, range(5, 6), false))).toBe('EAGAIN')
})

test('who would wait in a circle is refused; who gave up waiting is in no circle', () => {
  const locks = createRecordLocks()
  for (const [owner, at] of [[one, 0], [two, 1], [three, 2]] as const) locks.lock(9, owner, range(at, at + 1), true)
  expect(locks.lock(9, one, range(1, 2), true)).toBe(again)
  expect(locks.lock(9, two, range(2, 3), true)).toBe(again)
  expect(errnoOf(() => locks.lock(9, three, range(0, 1), true))).toBe('EDEADLK')
  locks.giveUp(one)
  expect(locks.lock(9, three, range(0, 1), true)).toBe(again)
})
