import { expect, test } from 'vitest'
import { recentBytes } from './recent-bytes.ts'

test('the last ones stay, up to the limit; what is taken is gone', () => {
  const recent = recentBytes(10)
  recent.put('a', new Uint8Array(4))
  recent.put('b', new Uint8Array(4))
  recent.put('a', new Uint8Array(5))
  expect(recent.take('b')?.length).toBe(4)
  expect(recent.take('b')).toBeUndefined()
  recent.put('c', new Uint8Array(6))
  expect(recent.take('a')).toBeUndefined()
  recent.put('d', new Uint8Array(11))
  expect([recent.take('c'), recent.take('d')]).toEqual([undefined, undefined])
})
