/**
 * Code that a process compiled, for those after it: one memory that all of them read and add to without a system call. As in a __pycache__
 * directory that all may write to, what is found is as good as who left it; the processes are one person's.
 *
 * Entries stand one behind the other, in 32-bit words: bytes of the entry, whether it is whole, four words of key, bytes of code; the code.
 * A place is taken by writing its first word, so a process that is killed in between leaves a gap that the others step over.
 */
export interface CompiledCode {
  /** `key`: 32 hexadecimal digits. */
  find(key: string): Uint8Array | undefined
  keep(key: string, code: Uint8Array): void
}

/** Bytes for all entries: what is compiled after that is not kept. Pages that nobody wrote to take no memory. */
export const COMPILED_CODE = 16 * 1024 * 1024
const WHOLE = 1
const KEY = 2
const KEY_WORDS = 4
const LENGTH = KEY + KEY_WORDS
const HEAD = LENGTH + 1

export function openCompiledCode(memory: ArrayBufferLike): CompiledCode {
  const words = new Int32Array(memory)
  const known = new Map<string, Uint8Array>()
  /** The first word that was not looked at. */
  let end = 0

  function read() {
    for (let size = sizeAt(end); size > 0; size = sizeAt(end)) {
      if (Atomics.load(words, end + WHOLE) === 1) known.set(keyAt(end), new Uint8Array(memory, (end + HEAD) * 4, words[end + LENGTH]))
      end += size
    }
  }
  /** In words; 0 at the end. */
  const sizeAt = (at: number) => at < words.length ? Atomics.load(words, at) >> 2 : 0
  const keyAt = (at: number) => Array.from(words.subarray(at + KEY, at + LENGTH), word => (word >>> 0).toString(16).padStart(8, '0')).join('')

  return {
    find(key) {
      if (!known.has(key)) read()
      return known.get(key)?.slice()
    },
    keep(key, code) {
      const size = HEAD + Math.ceil(code.length / 4)
      let at = end
      for (;;) {
        if (at + size > words.length) return
        const taken = Atomics.compareExchange(words, at, 0, size << 2)
        if (taken === 0) break
        at += taken >> 2
      }
      for (let word = 0; word < KEY_WORDS; word++) words[at + KEY + word] = Number.parseInt(key.slice(word * 8, word * 8 + 8), 16)
      words[at + LENGTH] = code.length
      new Uint8Array(memory, (at + HEAD) * 4, code.length).set(code)
      Atomics.store(words, at + WHOLE, 1)
    },
  }
}
