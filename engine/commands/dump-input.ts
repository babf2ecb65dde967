import type { Process } from '../machine/process.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { eachInput } from './each-input.ts'
import type { SystemError } from '../machine/system-error.ts'

export interface DumpRange {
  /** Bytes to leave out first. */
  skip: number
  /** Most bytes to take. */
  length: number
}

/**
 * Blocks of `size` bytes (the last may be shorter) of several files as one stream, for od, hexdump and xxd; `block` gets the offset in
 * the whole stream. Resolves to 0, or 1 where a file failed, and the offset behind the last byte.
 */
export async function dumpInput(
  process: Process,
  names: readonly string[],
  size: number,
  range: DumpRange,
  block: (bytes: Uint8Array, offset: number) => Promise<void>,
  failed?: (name: string, error: SystemError, opened: boolean) => Promise<void>,
): Promise<{ status: number; end: number }> {
  let pending: Uint8Array = new Uint8Array()
  let position = 0
  let emitted = range.skip
  const stop = range.skip + range.length
  const status = await eachInput(
    process,
    names,
    async (input) => {
      while (position < stop) {
        const chunk = await input.read()
        if (!chunk) return
        const from = Math.max(0, range.skip - position)
        const to = Math.min(chunk.length, stop - position)
        position += chunk.length
        if (from >= to) continue
        pending = joinBytes([pending, chunk.subarray(from, to)])
        let used = 0
        for (; pending.length - used >= size; used += size) {
          await block(pending.subarray(used, used + size), emitted)
          emitted += size
        }
        pending = pending.slice(used)
        await process.breathe()
      }
    },
    failed,
  )
  if (pending.length) await block(pending, emitted)
  return { status, end: emitted + pending.length > range.skip ? emitted + pending.length : Math.min(range.skip, position) }
}
