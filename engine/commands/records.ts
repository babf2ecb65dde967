import { iterate } from '../machine/iterate.ts'
import type { Reader } from '../machine/process.ts'
import type { Result } from '../machine/system-calls.ts'
import { joinBytes } from '../bytes/join-bytes.ts'

export const NEWLINE = 10
export const NUL = 0
export type LineEnd = typeof NEWLINE | typeof NUL

export interface Record {
  /** Without its end. */
  text: string
  /** False where the last one lacks its newline (or NUL). */
  ended: boolean
}

/**
 * What a line is: up to a newline, or with -z and -0 up to a NUL. `decode` is `bytesToText` where bytes count, `decode` of the shell where
 * characters do. All lines that were read at once are decoded at once: that costs a small part of decoding them one by one.
 */
export function records(input: Pick<Reader, 'read'>, decode: (bytes: Uint8Array) => string, end: LineEnd = NEWLINE) {
  const mark = String.fromCharCode(end)
  /** Whole lines. */
  let text = ''
  let at = 0
  /** A line whose end has not been read. */
  let begun: Uint8Array[] = []

  const take = (): Result<Record | undefined> => {
    const found = text.indexOf(mark, at)
    if (found < 0) return readMore()
    const line = text.slice(at, found)
    at = found + 1
    return { text: line, ended: true }
  }
  const readMore = async (): Promise<Record | undefined> => {
    for (let chunk = await input.read(); chunk; chunk = await input.read()) {
      const whole = chunk.lastIndexOf(end) + 1
      if (whole > 0) {
        text = decode(joinBytes([...begun, chunk.subarray(0, whole)]))
        at = 0
        begun = []
      }
      if (whole < chunk.length) begun.push(chunk.subarray(whole))
      if (whole > 0) return take()
    }
    if (begun.length === 0) return undefined
    const last = decode(joinBytes(begun))
    begun = []
    return { text: last, ended: false }
  }
  return iterate(take)
}

export async function* chunks(input: Reader): AsyncGenerator<Uint8Array> {
  for (let chunk = await input.read(); chunk; chunk = await input.read()) yield chunk
}
