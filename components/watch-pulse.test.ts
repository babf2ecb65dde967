import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchPulse } from './watch-pulse.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => vi.useRealTimers())

function watched() {
  const told: string[] = []
  const pulse = watchPulse({ every: 1000, patience: 2, ask: () => told.push('asked'), onSilence: () => told.push('silent'), onReturn: () => told.push('back') })
  return { told, pulse }
}

test('who answers in between is never called silent', () => {
  const { told, pulse } = watched()
  for (let question = 0; question < 5; question++) {
    vi.advanceTimersByTime(1900)
    pulse.heard()
  }
  expect(new Set(told)).toEqual(new Set(['asked']))
})

test('silence is told once, after two questions without an answer, and its end', () => {
  const { told, pulse } = watched()
  vi.advanceTimersByTime(2999)
  expect(told).toEqual(['asked', 'asked'])
  vi.advanceTimersByTime(3000)
  expect(told.filter(each => each !== 'asked')).toEqual(['silent'])
  pulse.heard()
  pulse.heard()
  vi.advanceTimersByTime(3000)
  expect(told.filter(each => each !== 'asked')).toEqual(['silent', 'back', 'silent'])
})

test('nothing is asked any more once it is stopped', () => {
  const { told, pulse } = watched()
  pulse.stop()
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
})
