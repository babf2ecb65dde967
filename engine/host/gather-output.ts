import { nextTurn } from '../machine/turn.ts'

/** Sent at once when so many bytes have gathered. */
const LARGEST = 32 * 1024

export interface Gathered {
  add(bytes: Uint8Array): void
  /** Sends what there is now: before anything that must not overtake it. */
  flush(): void
}

/** A program prints line by line; a page takes a message at a time. What is printed within one turn of the kernel goes out together. */
export function gatherOutput(send: (bytes: Uint8Array) => void): Gathered {
  let parts: Uint8Array[] = []
  let length = 0
  let scheduled = false

  function flush() {
    if (length === 0) return
    const all = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    parts = []
    length = 0
    send(all)
  }

  return {
    flush,
    add(bytes) {
      parts.push(bytes)
      length += bytes.length
      if (length >= LARGEST) return flush()
      if (scheduled) return
      scheduled = true
      void nextTurn().then(() => {
        scheduled = false
        flush()
      })
    },
  }
}
