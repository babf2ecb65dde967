/** Buffered streams over descriptors, as C's stdio has them. */
import type { Reader, Writer } from './process.ts'
import { POLLIN, POLLOUT, type SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'

const bufferSize = 65536
const newline = 0x0a

const failedWith = (error: unknown, code: SystemError['code']) => error instanceof SystemError && error.code === code

/** Data that has been read is kept for the next call, of whatever kind. */
export function createReader(system: SystemCalls, fd: number): Reader {
  let rest: Uint8Array | undefined

  const read = async (): Promise<Uint8Array | undefined> => {
    if (rest) {
      const bytes = rest
      rest = undefined
      return bytes
    }
    for (;;) {
      try {
        const bytes = await system.read(fd, bufferSize)
        return bytes.length > 0 ? bytes : undefined
      } catch (error) {
        // Another program may have made the shared description non-blocking.
        if (!failedWith(error, 'EAGAIN')) throw error
        await system.poll([{ fd, events: POLLIN }], -1)
      }
    }
  }
  const all = async () => {
    const chunks: Uint8Array[] = []
    for (let chunk = await read(); chunk; chunk = await read()) chunks.push(chunk)
    return join(chunks)
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    let parts: Uint8Array[] = []
    for (let chunk = await read(); chunk; chunk = await read()) {
      const end = chunk.indexOf(newline) + 1
      parts.push(end > 0 ? chunk.subarray(0, end) : chunk)
      if (end === 0) continue
      if (end < chunk.length) rest = chunk.subarray(end)
      const line = join(parts)
      parts = []
      yield line
    }
    if (parts.length > 0) yield join(parts)
  }
  return { fd, read, lines, all }
}

/** `unbuffered` as stderr is. Failures are named `write error`, as coreutils name them. */
export function createWriter(system: SystemCalls, fd: number, unbuffered: boolean): Writer {
  const encoder = new TextEncoder()
  let chunks: Uint8Array[] = []
  let size = 0
  let lineBuffered: boolean | undefined
  let flushing: Promise<void> = Promise.resolve()

  const writeAll = async (bytes: Uint8Array) => {
    for (let written = 0; written < bytes.length; ) {
      try {
        written += await system.write(fd, bytes.subarray(written))
      } catch (error) {
        if (failedWith(error, 'EAGAIN')) await system.poll([{ fd, events: POLLOUT }], -1)
        else if (!failedWith(error, 'EINTR')) throw error instanceof SystemError ? new SystemError(error.code, 'write error') : error
      }
    }
  }
  const flush = (): Promise<void> => {
    if (size === 0) return flushing
    const bytes = join(chunks)
    chunks = []
    size = 0
    const before = flushing
    const done = before.then(() => writeAll(bytes))
    // The next flush comes after this one, even if it failed; its own caller hears of the failure.
    flushing = done.catch(() => {})
    return done
  }
  return {
    fd,
    flush,
    async write(chunk) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk.slice()
      if (bytes.length === 0) return
      chunks.push(bytes)
      size += bytes.length
      if (!unbuffered) lineBuffered ??= await isTerminal(system, fd)
      if (unbuffered || size >= bufferSize || (lineBuffered && bytes.includes(newline))) await flush()
    },
  }
}

/** A closed descriptor is none; the write will say so. */
async function isTerminal(system: SystemCalls, fd: number): Promise<boolean> {
  try {
    return await system.isatty(fd)
  } catch (error) {
    if (failedWith(error, 'EBADF')) return false
    throw error
  }
}

function join(chunks: Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let filled = 0
  for (const chunk of chunks) {
    joined.set(chunk, filled)
    filled += chunk.length
  }
  return joined
}
