import type { Reader } from '../machine/process.ts'
import { joinBytes } from '../shell/backslash-escapes.ts'

export const NEWLINE = 10
export const NUL = 0

export interface Record {
  /** Without its end. */
  bytes: Uint8Array
  /** False where the last one lacks its newline (or NUL). */
  ended: boolean
}

/** What a line is: up to a newline, or with -z and -0 up to a NUL. */
export async function* records(input: Reader, end: number = NEWLINE): AsyncGenerator<Record> {
  if (end !== NEWLINE) return yield* splitRecords(chunks(input), end)
  for await (const line of input.lines()) {
    const ended = line.at(-1) === NEWLINE
    yield { bytes: ended ? line.subarray(0, -1) : line, ended }
  }
}

export async function* chunks(input: Reader): AsyncGenerator<Uint8Array> {
  for (let chunk = await input.read(); chunk; chunk = await input.read()) yield chunk
}

export async function* splitRecords(source: AsyncIterable<Uint8Array>, end: number): AsyncGenerator<Record> {
  let kept: Uint8Array[] = []
  for await (const chunk of source) {
    let from = 0
    for (let at = chunk.indexOf(end); at !== -1; at = chunk.indexOf(end, from)) {
      yield { bytes: joinBytes([...kept, chunk.subarray(from, at)]), ended: true }
      kept = []
      from = at + 1
    }
    if (from < chunk.length) kept.push(chunk.slice(from))
  }
  if (kept.length) yield { bytes: joinBytes(kept), ended: false }
}
