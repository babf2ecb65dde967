/** Reading and writing C data in the interpreter's memory. Views are renewed when the memory grows. */
import type { Stat } from '../machine/stat.ts'
import type { Termios, WindowSize } from '../machine/system-calls.ts'
import type { Interpreter } from './interpreter.ts'

export interface Heap {
  view(): DataView
  bytes(): Uint8Array
  /** A C string. Undecodable bytes become U+FFFD. */
  string(pointer: number): string
  /** Writes a C string into `size` bytes; false where it does not fit. */
  putString(text: string, pointer: number, size: number): boolean
  /** The text as a C string in memory of its own, for the caller to free or to leave. */
  newString(text: string): number
  putStat(stat: Stat, pointer: number): void
  /** An off_t, up to 2 to the 53rd. */
  putOffset(offset: number, pointer: number): void
  putTermios(termios: Termios, pointer: number): void
  termios(pointer: number): Termios
  putWindowSize(size: WindowSize, pointer: number): void
  /** The iovec array's buffers, as views. */
  vectors(pointer: number, count: number): Uint8Array[]
}

/** sizeof(struct termios)'s c_cc in musl. */
const CONTROL_CHARACTERS = 32

export function createHeap(interpreter: Interpreter): Heap {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  let memory: Uint8Array | undefined
  let data: DataView = new DataView(new ArrayBuffer(0))
  let words: Int32Array = new Int32Array(0)

  function view() {
    if (memory !== interpreter.HEAPU8) {
      memory = interpreter.HEAPU8
      data = new DataView(memory.buffer)
      words = new Int32Array(memory.buffer)
    }
    return data
  }

  /**
   * A 64-bit integer without a BigInt: a stat has five, and a start hundreds of stats. Word by word, because a DataView's calls are
   * slow until V8 has optimised the caller, which most programs do not live to see.
   */
  function putLong(value: number, word: number) {
    words[word] = value
    words[word + 1] = Math.floor(value / 2 ** 32)
  }

  /** struct timespec with 64-bit seconds. */
  function putTime(milliseconds: number, word: number) {
    const seconds = Math.floor(milliseconds / 1000)
    putLong(seconds, word)
    words[word + 2] = Math.round((milliseconds - seconds * 1000) * 1e6)
  }

  return {
    view,
    bytes: () => interpreter.HEAPU8,
    string(pointer) {
      const all = interpreter.HEAPU8
      return decoder.decode(all.subarray(pointer, all.indexOf(0, pointer)))
    },
    putString(text, pointer, size) {
      const bytes = encoder.encode(text)
      if (bytes.length >= size) return false
      interpreter.HEAPU8.set(bytes, pointer)
      interpreter.HEAPU8[pointer + bytes.length] = 0
      return true
    },
    newString(text) {
      const bytes = encoder.encode(text)
      const pointer = interpreter._malloc(bytes.length + 1)
      interpreter.HEAPU8.set(bytes, pointer)
      interpreter.HEAPU8[pointer + bytes.length] = 0
      return pointer
    },
    /** struct stat of Emscripten's musl (arch/emscripten/bits/stat.h). */
    putStat(stat, pointer) {
      view()
      const word = pointer >>> 2
      words[word] = stat.dev
      words[word + 1] = stat.mode
      words[word + 2] = stat.nlink
      words[word + 3] = stat.uid
      words[word + 4] = stat.gid
      words[word + 5] = stat.rdev
      putLong(stat.size, word + 6)
      words[word + 8] = 4096
      words[word + 9] = stat.blocks
      putTime(stat.atime, word + 10)
      putTime(stat.mtime, word + 14)
      putTime(stat.ctime, word + 18)
      putLong(stat.ino, word + 22)
    },
    putOffset(offset, pointer) {
      view()
      putLong(offset, pointer >>> 2)
    },
    /** struct termios of musl: four flag words, the line discipline, then the control characters. */
    putTermios({ iflag, oflag, cflag, lflag, cc }, pointer) {
      view()
      for (const [index, word] of [iflag, oflag, cflag, lflag].entries()) data.setUint32(pointer + index * 4, word, true)
      for (let index = 0; index < CONTROL_CHARACTERS; index++) data.setUint8(pointer + 17 + index, cc[index] ?? 0)
    },
    termios(pointer) {
      view()
      const [iflag = 0, oflag = 0, cflag = 0, lflag = 0] = [0, 4, 8, 12].map(offset => data.getUint32(pointer + offset, true))
      const cc = Array.from({ length: CONTROL_CHARACTERS }, (_, index) => data.getUint8(pointer + 17 + index))
      return { iflag, oflag, cflag, lflag, cc }
    },
    putWindowSize({ rows, columns }, pointer) {
      view()
      data.setUint16(pointer, rows, true)
      data.setUint16(pointer + 2, columns, true)
      data.setUint32(pointer + 4, 0, true)
    },
    vectors(pointer, count) {
      view()
      const buffers: Uint8Array[] = []
      for (let at = pointer; at < pointer + count * 8; at += 8) {
        const base = data.getUint32(at, true)
        buffers.push(interpreter.HEAPU8.subarray(base, base + data.getUint32(at + 4, true)))
      }
      return buffers
    },
  }
}
