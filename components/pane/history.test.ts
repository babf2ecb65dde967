import { expect, test } from 'vitest'
import { createHistory } from './history.ts'

test('an address is kept once, unless a form or a redirect has led to it anew', () => {
  const history = createHistory()
  history.push({ url: 'a' })
  history.push({ url: 'a' })
  expect(history.canGoBack).toBe(false)
  history.push({ url: 'a', page: 'the answer' }, false, true)
  expect(history.step(-1)).toEqual({ url: 'a' })
  expect(history.step(1)).toEqual({ url: 'a', page: 'the answer' })
  history.push({ url: 'b' }, true, true)
  expect(history.current).toEqual({ url: 'b' })
  expect(history.canGoForward).toBe(false)
})
