import { expect, test, vi } from 'vitest'
import type { Session } from '../engine/host/session.ts'
import { openAhead, takeAhead } from './session-ahead.ts'
import type { TerminalBlock } from './terminal-block.ts'

const block = (rows: number): TerminalBlock => ({
  options: { fixture: 'demo', static: false, bare: false },
  transcript: { text: '', steps: [] },
  columns: 80,
  rows,
  directory: '/home/user/demo',
  lines: [],
  stills: [],
})
const opened = () => ({ close: vi.fn() }) as unknown as Session

test('what was opened ahead is taken once, by the terminal it was opened for', async () => {
  const session = opened()
  openAhead(block(5), Promise.resolve(session))
  expect(await takeAhead({ ...block(5), lines: ['drawn'] })).toBe(session)
  expect(takeAhead(block(5))).toBeUndefined()
  expect(session.close).not.toHaveBeenCalled()
})

test('another terminal that comes first has it closed', async () => {
  const session = opened()
  openAhead(block(5), Promise.resolve(session))
  expect(takeAhead(block(6))).toBeUndefined()
  await vi.waitFor(() => expect(session.close).toHaveBeenCalledOnce())
})

test('who takes what could not be opened hears why', async () => {
  openAhead(block(5), Promise.reject(new Error('no machine here')))
  await expect(takeAhead(block(5))).rejects.toThrow('no machine here')
})
