import { expect, test } from 'vitest'
import { openCompiledCode } from './compiled-code.ts'

const key = (digit: string) => digit.repeat(32)
const code = (...bytes: number[]) => new Uint8Array(bytes)

test('what one process keeps, others find, those that had looked before too', () => {
  const memory = new SharedArrayBuffer(4096)
  const [first, second] = [openCompiledCode(memory), openCompiledCode(memory)]
  expect(second.find(key('a'))).toBeUndefined()
  first.keep(key('a'), code(1, 2, 3, 4, 5))
  second.keep(key('f'), code(6))
  for (const each of [first, second, openCompiledCode(memory)]) {
    expect(each.find(key('a'))).toEqual(code(1, 2, 3, 4, 5))
    expect(each.find(key('f'))).toEqual(code(6))
    expect(each.find(key('0'))).toBeUndefined()
  }
})

test('what was found is a copy', () => {
  const codes = openCompiledCode(new SharedArrayBuffer(4096))
  codes.keep(key('a'), code(1))
  codes.find(key('a'))!.fill(9)
  expect(codes.find(key('a'))).toEqual(code(1))
})

test('an entry that a killed process left unfinished is stepped over', () => {
  const memory = new SharedArrayBuffer(4096)
  const codes = openCompiledCode(memory)
  codes.keep(key('a'), code(1))
  const words = new Int32Array(memory)
  // Its bytes in the first word; the second says that it is whole.
  words[words[0]! >> 2] = 64
  codes.keep(key('b'), code(2))
  expect(codes.find(key('b'))).toEqual(code(2))
  expect(openCompiledCode(memory).find(key('b'))).toEqual(code(2))
})

test('a full memory keeps what it has', () => {
  const codes = openCompiledCode(new SharedArrayBuffer(60))
  codes.keep(key('a'), code(1))
  codes.keep(key('b'), code(2))
  expect(codes.find(key('a'))).toEqual(code(1))
  expect(codes.find(key('b'))).toBeUndefined()
})
