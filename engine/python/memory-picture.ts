import { joinBytes } from '../bytes/join-bytes.ts'

/**
 * An interpreter's memory as a file: Pyodide's own description of it, and the bytes without the long stretches of zeros (a third of it,
 * nearly all C stack that was never used). A process that is restored from it doesn't take memory for those either.
 *
 * Layout, in 32-bit words: length of the description, length of the memory, number of stretches, then start and length of each; the
 * description; the stretches' bytes.
 */
export interface MemoryPicture {
  /** For Pyodide's restoreSnapshot, which finds no memory behind it and so restores none. */
  description: Uint8Array
  /** Bytes of the memory. */
  length: number
  /** Into the memory of an interpreter that was just made: between the stretches it holds zeros, and stack that is no longer used. */
  restore(memory: Uint8Array): void
  /** Zeros in all that `restore` leaves alone: for a memory that was in use since. */
  clear(memory: Uint8Array): void
}

/** Shorter gaps of zeros are kept: a page of WebAssembly's. */
const GAP = 65536
/** Zeros are looked for in steps of this size. */
const STEP = 4096

/** `snapshot` as Pyodide's makeSnapshot makes it: its second word says where the memory begins. */
export function packMemory(snapshot: Uint8Array): Uint8Array {
  const start = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true)
  const memory = snapshot.subarray(start)
  const stretches: [start: number, end: number][] = []
  for (let at = 0; at < memory.length; at += STEP) {
    const end = Math.min(at + STEP, memory.length)
    if (memory.subarray(at, end).every(byte => byte === 0)) continue
    const last = stretches.at(-1)
    if (last && at - last[1] < GAP) last[1] = end
    else stretches.push([at, end])
  }
  const head = new Uint32Array([start, memory.length, stretches.length, ...stretches.flatMap(([from, to]) => [from, to - from])])
  const parts = [new Uint8Array(head.buffer), snapshot.subarray(0, start), ...stretches.map(([from, to]) => memory.subarray(from, to))]
  return joinBytes(parts)
}

/** `packed` may be shared: what is read of it later is what it holds then. */
export function openMemory(packed: ArrayBufferLike): MemoryPicture {
  const words = new Uint32Array(packed, 0, 3)
  const [description = 0, length = 0, count = 0] = words
  const table = new Uint32Array(packed, words.byteLength, 2 * count)
  const first = words.byteLength + table.byteLength
  return {
    description: new Uint8Array(packed, first, description).slice(),
    length,
    restore(memory) {
      let at = first + description
      for (let index = 0; index < table.length; index += 2) {
        const [start = 0, size = 0] = table.subarray(index, index + 2)
        memory.set(new Uint8Array(packed, at, size), start)
        at += size
      }
    },
    clear(memory) {
      let from = 0
      for (let index = 0; index < table.length; index += 2) {
        const [start = 0, size = 0] = table.subarray(index, index + 2)
        zero(memory.subarray(from, start))
        from = start + size
      }
      zero(memory.subarray(from))
    },
  }
}

/** What is zero already is only read: where it was never written to, writing would take memory. */
function zero(memory: Uint8Array) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, memory.length >>> 2)
  for (let page = 0; page < words.length; page += STEP / 4) {
    const end = Math.min(page + STEP / 4, words.length)
    for (let at = page; at < end; at++) {
      if (words[at] === 0) continue
      words.fill(0, at, end)
      break
    }
  }
}
