import { expect, test } from 'vitest'
import { markChanges, nameMark, readChanges } from './change-log.ts'

const read = (log: Int32Array, from: number) => {
  const marks: number[] = []
  return { to: readChanges(log, from, mark => marks.push(mark)), marks }
}

test('a reader hears what was marked since it last read, in order', () => {
  const log = new Int32Array(new SharedArrayBuffer(4 * (1 + 8)))
  markChanges(log, [5, nameMark('a')])
  expect(read(log, 0)).toEqual({ to: 2, marks: [5, nameMark('a')] })
  markChanges(log, [7])
  expect(read(log, 2)).toEqual({ to: 3, marks: [7] })
  expect(read(log, 3)).toEqual({ to: 3, marks: [] })
})

test('who falls behind the ring is told that marks were lost', () => {
  const log = new Int32Array(new SharedArrayBuffer(4 * (1 + 8)))
  for (let mark = 1; mark <= 7; mark++) markChanges(log, [mark])
  expect(read(log, 0)).toEqual({ to: 7, marks: [1, 2, 3, 4, 5, 6, 7] })
  markChanges(log, [8])
  expect(read(log, 0).to).toBeUndefined()
  expect(read(log, 6)).toEqual({ to: 8, marks: [7, 8] })
})

test('the count goes round the end of 32 bits', () => {
  const log = new Int32Array(new SharedArrayBuffer(4 * (1 + 8)))
  log[0] = 0x7fffffff
  markChanges(log, [1, 2])
  expect(read(log, 0x7fffffff)).toEqual({ to: -0x7fffffff, marks: [1, 2] })
})

test('the mark of a name is negative, and another name\'s is another', () => {
  const names = ['', 'a', 'b', '__init__.py', '__init__.pyc', 'é']
  expect(names.every(name => nameMark(name) < 0)).toBe(true)
  expect(new Set(names.map(nameMark)).size).toBe(names.length)
})
