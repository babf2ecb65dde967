/** Bytes on their way: what pipes and connections hold between a write and a read. */
export interface ByteQueue {
  readonly size: number
  /** Keeps a copy. */
  push(bytes: Uint8Array): void
  /** Up to `length` bytes from the front. */
  take(length: number): Uint8Array
  /** The same without taking them. */
  peek(length: number): Uint8Array
  clear(): void
}

export function createByteQueue(): ByteQueue {
  let chunks: Uint8Array[] = []
  let size = 0
  const peek = (length: number): Uint8Array => {
    const bytes = new Uint8Array(Math.min(length, size))
    for (let filled = 0, index = 0; filled < bytes.length; index++) {
      const part = chunks[index]!.subarray(0, bytes.length - filled)
      bytes.set(part, filled)
      filled += part.length
    }
    return bytes
  }
  return {
    get size() {
      return size
    },
    push(bytes) {
      if (bytes.length === 0) return
      chunks.push(bytes.slice())
      size += bytes.length
    },
    peek,
    take(length) {
      const bytes = peek(length)
      let left = bytes.length
      let whole = 0
      while (left > 0 && chunks[whole]!.length <= left) left -= chunks[whole++]!.length
      chunks.splice(0, whole)
      if (left > 0) chunks[0] = chunks[0]!.subarray(left)
      size -= bytes.length
      return bytes
    },
    clear() {
      chunks = []
      size = 0
    },
  }
}
