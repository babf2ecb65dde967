import { expect, test } from 'vitest'
import { openMemory, packMemory } from './memory-picture.ts'

const MEGABYTE = 1 << 20

/** As Pyodide's makeSnapshot lays it out: magic, where the memory begins, and more of the description. */
function snapshot(memory: Uint8Array) {
  const whole = new Uint8Array(32 + memory.length)
  new Uint32Array(whole.buffer, 0, 4).set([0x706e7300, 32, 5, 0])
  whole.set(memory, 32)
  return whole
}

test('what is restored is what was there, and long zeros take no room', () => {
  const memory = new Uint8Array(3 * MEGABYTE)
  for (let at = 0; at < 300; at++) memory[at * 7] = at % 255
  memory[2 * MEGABYTE + 5] = 1
  memory[2 * MEGABYTE + 40_000] = 2
  const packed = packMemory(snapshot(memory))
  expect(packed.length).toBeLessThan(100_000)
  const shared = new SharedArrayBuffer(packed.length)
  new Uint8Array(shared).set(packed)
  const picture = openMemory(shared)
  const restored = new Uint8Array(picture.length)
  picture.restore(restored)
  expect(Buffer.from(restored).equals(memory)).toBe(true)
  const grown = new Uint8Array(4 * MEGABYTE)
  for (let at = 1; at < grown.length; at += 1000) grown[at] = 3
  picture.clear(grown)
  picture.restore(grown)
  expect(Buffer.from(grown.subarray(0, memory.length)).equals(memory)).toBe(true)
  expect(grown.subarray(memory.length).every(byte => byte === 0)).toBe(true)
  expect(picture.description).toEqual(snapshot(memory).slice(0, 32))
  expect(picture.description.buffer).toBeInstanceOf(ArrayBuffer)
})

test('a memory without zeros, and one that is all zeros', () => {
  for (const memory of [new Uint8Array(MEGABYTE + 100).fill(7), new Uint8Array(MEGABYTE)]) {
    const picture = openMemory(packMemory(snapshot(memory)).buffer)
    const restored = new Uint8Array(picture.length)
    picture.restore(restored)
    expect(Buffer.from(restored).equals(memory)).toBe(true)
  }
})
