import { expect, test } from 'vitest'
import { reportTime } from './report-time.ts'

test('the processor time is the user\'s, and a share of what has passed', () => {
  expect(reportTime(61_500, 30_750, 'bash', undefined)).toBe('\nreal\t1m1.500s\nuser\t0m30.750s\nsys\t0m0.000s\n')
  expect(reportTime(61_500, 30_750, 'posix', undefined)).toBe('real 61.50\nuser 30.75\nsys 0.00\n')
  expect(reportTime(2000, 1500, 'bash', '%P %1U %lS %%')).toBe('75.00 1.5 0m0.000s %\n')
  expect(reportTime(0, 0, 'bash', '%P')).toBe('0.00\n')
  expect(reportTime(2000, 1500, 'bash', '')).toBe('')
})
