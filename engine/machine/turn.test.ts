import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.resetModules()
})

test.each([
  ['setImmediate', []],
  ['a message, as in browsers', ['setImmediate']],
  ['a timer', ['setImmediate', 'MessageChannel']],
])('with %s a turn lets messages in that came before', async (_name, missing) => {
  const { port1, port2 } = new MessageChannel()
  for (const name of missing) vi.stubGlobal(name, undefined)
  const { nextTurn, turnIsOver } = await import('./turn.ts')
  const heard: string[] = []
  port1.onmessage = () => heard.push('message')
  port2.postMessage('')
  for (let i = 0; i < 10_000 && heard.length === 0; i++) await nextTurn()
  expect(heard).toEqual(['message'])
  port1.close()

  const clock = vi.spyOn(performance, 'now').mockReturnValue(1e9)
  expect(turnIsOver()).toBe(true)
  await nextTurn()
  expect(turnIsOver()).toBe(false)
  clock.mockReturnValue(1e9 + 10)
  expect(turnIsOver()).toBe(true)
})
