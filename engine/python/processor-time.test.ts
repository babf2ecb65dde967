import { expect, test } from 'vitest'
import { createProcessorTime, USED } from './processor-time.ts'

test('counts from the start, but not in waits, and tells at each of them', () => {
  let clock = 1000
  const time = createProcessorTime(() => clock)
  const memory = new SharedArrayBuffer(16)
  const told = () => new Float64Array(memory)[USED]
  expect(time.used()).toBe(0)
  time.begin(memory)
  clock += 5
  expect([time.used(), told()]).toEqual([5, 0])
  time.pause()
  clock += 100
  expect([time.used(), told()]).toEqual([5, 5])
  time.resume()
  clock += 3
  expect([time.used(), told()]).toEqual([8, 5])
  time.pause()
  expect(told()).toBe(8)
})
