import { joinBytes } from '../bytes/join-bytes.ts'
import { IndexError } from './index-error.ts'

/** The connection broke off: what may be tried again. */
export class BrokenConnection extends Error {
  constructor(reason: unknown) {
    super(reasonOf(reason))
    this.name = 'BrokenConnection'
  }
}

/** The deepest reason that an error of `fetch` gives: Node hides it behind `fetch failed`. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined && error.cause !== error) return reasonOf(error.cause)
  const { code } = error as { code?: unknown }
  return error.message || (typeof code === 'string' ? code : error.name)
}

/** A body, piece by piece; `waiting` is told when a piece is waited for and when it is here. Throws BrokenConnection. */
export const readPieces = async function* (response: Response, waiting: (begun: boolean) => void): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      waiting(true)
      const piece = await reader.read().catch((error: unknown) => {
        throw new BrokenConnection(error)
      })
      waiting(false)
      if (piece.done) return
      yield piece.value
    }
  } finally {
    // Whoever stops early has no use for the rest; a stream that broke cannot be cancelled and need not.
    void reader.cancel().catch(() => undefined)
  }
}

/** All of a body. Throws IndexError 'wrong-length' beyond `most` bytes. */
export const readWhole = async (pieces: AsyncIterable<Uint8Array>, most: number, what: string): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > most) throw new IndexError('wrong-length', `${what} is longer than ${most} bytes: not read any further`, what)
    parts.push(piece)
  }
  return joinBytes(parts)
}
