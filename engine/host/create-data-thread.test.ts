/** Both ends over a MessageChannel: what comes back is what the same work here gives, errors too. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useDataThread } from '../archive/data-thread.ts'
import { packData } from '../archive/pack-data.ts'
import { joinChunks, open, sameBytes, seededRandom, zipOf } from '../../test/support/recorded-archives.ts'
import { createDataThread } from './create-data-thread.ts'
import { serveDataTasks } from './serve-data-tasks.ts'

const random = seededRandom(7)
const bytes = new Uint8Array(1 << 21).map(() => random() * 20)
let made: { lose(): void; ends: MessagePort[]; terminated: boolean }[]

beforeEach(() => {
  made = []
  useDataThread(createDataThread(async onLost => {
    const { port1, port2 } = new MessageChannel()
    const end = () => [port1, port2].forEach(port => port.close())
    const worker = { lose: () => { end(); onLost('out of memory') }, ends: [port1, port2], terminated: false }
    made.push(worker)
    serveDataTasks(port2)
    return { port: port1, terminate: () => { worker.terminated = true; end() } }
  }))
})
afterEach(() => {
  useDataThread(undefined)
  for (const { ends } of made) ends.forEach(port => port.close())
})

const told = (work: Promise<unknown>) => work.then(() => undefined, (error: unknown) => error)
const zip = () => zipOf([{ name: 'large', data: bytes }, { name: 'stored', data: bytes, method: 'store' }, { name: 'small', data: bytes.subarray(0, 9) }])
const damaged = async (damage: (zip: Uint8Array, directory: number) => void) => {
  const broken = await zip()
  damage(broken, (await open(broken)).directoryOffset)
  return open(broken)
}

test('large data go there and come back the same, and are still here; the worker is made for the first', async () => {
  const packed = await packData(bytes)
  expect(made.length).toBe(1)
  const { entries, data } = await open(await zip())
  for (const entry of entries) expect(sameBytes(await data(entry), bytes.subarray(0, entry.size))).toBe(true)
  expect(made.length).toBe(1)
  useDataThread(undefined)
  expect(bytes.length).toBe(1 << 21)
  const here = await packData(bytes)
  expect({ ...packed, chunks: undefined }).toEqual({ ...here, chunks: undefined })
  expect(sameBytes(await joinChunks(packed.chunks), await joinChunks(here.chunks))).toBe(true)
})

test('a thread that has nothing to do for seconds is ended, one that has is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await packData(bytes)
    vi.advanceTimersByTime(4000)
    const packing = packData(bytes)
    vi.advanceTimersByTime(60_000)
    await packing
    expect(made.map(({ terminated }) => terminated)).toEqual([false])
    await vi.advanceTimersByTimeAsync(5000)
    expect(made.map(({ terminated }) => terminated)).toEqual([true])
    await packData(bytes)
    expect(made.length).toBe(2)
  } finally {
    vi.useRealTimers()
  }
})

test('small data make no worker', async () => {
  const { entries, data } = await open(await zipOf([{ name: 'small', data: bytes.subarray(0, 9) }]))
  await data(entries[0]!)
  expect(made.length).toBe(0)
})

test.each<[string, string, (zip: Uint8Array, directory: number) => void]>([
  ['damaged data', 'bad-data', broken => broken.fill(0xff, 5000, 5100)],
  // In the local header, and in the central one.
  ['a wrong CRC', 'crc-mismatch', (broken, directory) => { for (const at of [14, directory + 16]) broken[at]! ^= 1 }],
])('what is wrong is said in the same words: %s', async (_, code, damage) => {
  const broken = await damaged(damage)
  const there = await told(broken.data(broken.entries[0]!))
  useDataThread(undefined)
  const here = await told(broken.data(broken.entries[0]!))
  expect(here).toBeInstanceOf(Error)
  expect(there).toEqual(here)
  expect(there).toMatchObject({ code, entry: 'large', message: (here as Error).message })
  expect(made.length).toBe(1)
})

test('where no thread can be made the work is done here; the next work asks for one again', async () => {
  let asked = 0
  useDataThread(createDataThread(() => Promise.reject(new Error(`no worker ${++asked}`))))
  const [packed] = await Promise.all([packData(bytes), packData(bytes)])
  expect(asked).toBe(1)
  expect((await packData(bytes)).compressedSize).toBe(packed.compressedSize)
  expect(asked).toBe(2)
})

test('a thread that is lost leaves its work to this one; the next work makes another', async () => {
  const packing = packData(bytes)
  await new Promise(resolve => setImmediate(resolve))
  made[0]!.lose()
  const packed = await packing
  const { entries, data } = await open(await zip())
  expect(made.length).toBe(2)
  expect(sameBytes(await data(entries[0]!), bytes)).toBe(true)
  expect(packed.compressedSize).toBe(entries[0]!.compressedSize)
  expect(made[0]!.terminated).toBe(false)
})
