import { expect, test } from 'vitest'
import { untilAborted } from './until-aborted.ts'

const never = new Promise<never>(() => undefined)

test('what comes first: the result, the failure, the interrupt', async () => {
  const { signal } = new AbortController()
  expect(await untilAborted(signal, Promise.resolve(42))).toBe(42)
  await expect(untilAborted(signal, Promise.reject(new Error('the work failed')))).rejects.toThrow('the work failed')
  const interrupt = new AbortController()
  const waiting = untilAborted(interrupt.signal, never)
  interrupt.abort(new Error('interrupted'))
  await expect(waiting).rejects.toThrow('interrupted')
  await expect(untilAborted(interrupt.signal, Promise.resolve(42))).rejects.toThrow('interrupted')
})

test('what fails after the interrupt is nobody\'s any more', async () => {
  const interrupt = new AbortController()
  let fail = (_: Error) => undefined as void
  const waiting = untilAborted(interrupt.signal, new Promise<never>((_, reject) => { fail = reject }))
  interrupt.abort(new Error('interrupted'))
  fail(new Error('too late'))
  await expect(waiting).rejects.toThrow('interrupted')
})
