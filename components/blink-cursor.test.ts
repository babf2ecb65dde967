import type { Terminal } from '@xterm/xterm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { blinkCursor } from './blink-cursor.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

function terminal() {
  const classes = new Set<string>()
  const textarea = new EventTarget()
  let move = () => {}
  const stop = vi.fn()
  const element = { classList: { remove: (name: string) => classes.delete(name), toggle: (name: string) => classes.delete(name) || classes.add(name) } }
  const onCursorMove = (listener: () => void) => {
    move = listener
    return { dispose: stop }
  }
  return { classes, textarea, stop, move: () => move(), blinking: blinkCursor({ element, textarea, onCursorMove } as unknown as Terminal) }
}

test('a cursor blinks while its terminal has the keys, and is on where it moves', () => {
  const { classes, textarea, move } = terminal()
  move()
  vi.advanceTimersByTime(2000)
  expect([...classes]).toEqual([])

  textarea.dispatchEvent(new Event('focus'))
  expect([...classes]).toEqual([])
  vi.advanceTimersByTime(500)
  expect([...classes]).toEqual(['cursor-off'])
  vi.advanceTimersByTime(500)
  expect([...classes]).toEqual([])
  vi.advanceTimersByTime(600)
  move()
  expect([...classes]).toEqual([])
  vi.advanceTimersByTime(450)
  expect([...classes]).toEqual([])
  vi.advanceTimersByTime(50)
  expect([...classes]).toEqual(['cursor-off'])

  textarea.dispatchEvent(new Event('blur'))
  expect([...classes]).toEqual([])
  vi.advanceTimersByTime(2000)
  expect([...classes]).toEqual([])
})

test('one that is gone blinks no more', () => {
  const { classes, textarea, stop, blinking } = terminal()
  textarea.dispatchEvent(new Event('focus'))
  blinking.dispose()
  textarea.dispatchEvent(new Event('focus'))
  vi.advanceTimersByTime(500)
  expect([...classes]).toEqual([])
  expect(stop).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
})
