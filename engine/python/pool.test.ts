import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPool, type CreateWorker } from './pool.ts'
import type { FromWorker, Prepare } from './protocol.ts'

const prepare = { op: 'prepare' } as unknown as Prepare
const turn = () => new Promise(resolve => setTimeout(resolve))

afterEach(() => { vi.useRealTimers() })

function workers(answer: FromWorker = { op: 'prepared' }) {
  const state = { made: 0, living: 0, lose: (_reason: string): void => undefined }
  const createWorker: CreateWorker = async onLost => {
    state.made++
    state.living++
    state.lose = onLost
    const port = {
      onmessage: null as ((event: MessageEvent<FromWorker>) => void) | null,
      postMessage: () => void turn().then(() => port.onmessage?.({ data: answer } as MessageEvent<FromWorker>)),
    }
    return { port, terminate: () => void state.living-- }
  }
  return { state, createWorker }
}

describe('createPool', () => {
  test('keeps as many spares as it is told, and brings them back after one is taken', async () => {
    const { state, createWorker } = workers()
    const pool = createPool(createWorker, prepare, 1)
    await pool.ready
    expect(state.made).toBe(1)
    await pool.take()
    await expect.poll(() => state.made).toBe(2)
  })

  test('gives the spares back when idle, and still makes interpreters', async () => {
    vi.useFakeTimers()
    const { state, createWorker } = workers()
    const pool = createPool(createWorker, prepare, 2)
    await vi.runAllTimersAsync()
    expect(state.living).toBe(2)
    pool.idle()
    await vi.runAllTimersAsync()
    expect(state.living).toBe(0)
    const taken = pool.take()
    await vi.runAllTimersAsync()
    const { terminate } = await taken
    terminate()
    pool.idle()
    await vi.runAllTimersAsync()
    expect(state.living).toBe(0)
  })

  test('awake again, it has its spares before a process asks', async () => {
    const { state, createWorker } = workers()
    const pool = createPool(createWorker, prepare, 2)
    await pool.ready
    pool.idle()
    pool.wake()
    pool.wake()
    await expect.poll(() => [state.living, state.made]).toEqual([2, 3])
  })

  test('without spares nothing is made before it is asked for', async () => {
    const { state, createWorker } = workers()
    const pool = createPool(createWorker, prepare, 0)
    await pool.ready
    expect(state.made).toBe(0)
  })

  test('an interpreter that cannot be made rejects with its reason', async () => {
    const failing = workers({ op: 'crash', signal: 6, reason: 'no room' })
    await expect(createPool(failing.createWorker, prepare, 1).ready).rejects.toThrow('no room')
    const { state, createWorker } = workers({ op: 'exit', status: 0 })
    await expect(createPool(createWorker, prepare, 1).ready).rejects.toThrow('said exit before it was one')
    expect(state.made).toBe(1)
  })
})
