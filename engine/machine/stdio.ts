/** Buffered streams over descriptors, as C's stdio has them. */
import { iterate } from './iterate.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import type { Reader, Writer } from './process.ts'
import { POLLIN, POLLOUT, type Result, type SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'

const bufferSize = 65536
const newline = 0x0a
/** Most lines are shorter than this, and looking at their bytes one by one is then faster than calling indexOf. */
const near = 48
/** What is done already. One for all: most lines are read and written without waiting. */
const done = Promise.resolve()

const failedWith = (error: unknown, code: SystemError['code']) => error instanceof SystemError && error.code === code

/** Data that has been read is kept for the next call, of whatever kind. */
export function createReader(system: SystemCalls, fd: number): Reader {
  let chunk: Uint8Array = new Uint8Array()
  /** How much of `chunk` has been given out. */
  let at = 0

  const fill = async (): Promise<Uint8Array | undefined> => {
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
  const read = async (): Promise<Uint8Array | undefined> => {
    if (at === chunk.length) return fill()
    const bytes = at === 0 ? chunk : chunk.subarray(at)
    at = chunk.length
    return bytes
  }
  const all = async () => {
    const chunks: Uint8Array[] = []
    for (let bytes = await read(); bytes; bytes = await read()) chunks.push(bytes)
    return joinBytes(chunks)
  }
  const line = (end = newline): Result<Uint8Array | undefined> => {
    const found = positionOf(chunk, end, at)
    if (found < 0) return longLine(end)
    const bytes = chunk.subarray(at, found + 1)
    at = found + 1
    return bytes
  }
  /** A line that ends behind what has been read. */
  const longLine = async (end: number): Promise<Uint8Array | undefined> => {
    const parts = at < chunk.length ? [chunk.subarray(at)] : []
    at = chunk.length
    for (let more = await fill(); more; more = await fill()) {
      const found = positionOf(more, end, 0)
      parts.push(found < 0 ? more : more.subarray(0, found + 1))
      if (found < 0) continue
      chunk = more
      at = found + 1
      break
    }
    return parts.length > 0 ? joinBytes(parts) : undefined
  }
  return { fd, read, line, lines: (end) => iterate(() => line(end)), all }
}

function positionOf(bytes: Uint8Array, byte: number, from: number): number {
  const end = Math.min(bytes.length, from + near)
  for (let at = from; at < end; at++) if (bytes[at] === byte) return at
  return end < bytes.length ? bytes.indexOf(byte, end) : -1
}

/** `unbuffered` as stderr is. Failures are named `write error`, as coreutils name them. */
export function createWriter(system: SystemCalls, fd: number, unbuffered: boolean): Writer {
  const encoder = new TextEncoder()
  let buffer = new Uint8Array(unbuffered ? 128 : 1024)
  let size = 0
  let lineBuffered: boolean | undefined
  let flushing: Promise<void> = done

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
    const bytes = buffer.slice(0, size)
    size = 0
    const flushed = flushing.then(() => writeAll(bytes))
    // The next flush comes after this one, even if it failed; its own caller hears of the failure.
    flushing = flushed.catch(() => {})
    return flushed
  }
  const makeRoom = (more: number) => {
    if (size + more <= buffer.length) return
    const larger = new Uint8Array(Math.max(size + more, buffer.length * 2))
    larger.set(buffer.subarray(0, size))
    buffer = larger
  }
  const addText = (text: string) => {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    makeRoom(text.length * 3)
    if (text.length < near && addAscii(text)) return
    size += encoder.encodeInto(text, buffer.subarray(size)).written
  }
  /** False where the text has other characters: then nothing is added. */
  const addAscii = (text: string): boolean => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) return false
      buffer[size + at] = code
    }
    size += text.length
    return true
  }
  const addBytes = (bytes: Uint8Array) => {
    makeRoom(bytes.length)
    if (bytes.length < near) for (let at = 0; at < bytes.length; at++) buffer[size + at] = bytes[at]!
    else buffer.set(bytes, size)
    size += bytes.length
  }
  const flushOnTerminal = async (hasNewline: boolean) => {
    lineBuffered ??= await isTerminal(system, fd)
    if (size >= bufferSize || (lineBuffered && hasNewline)) await flush()
  }
  return {
    fd,
    flush,
    write(chunk) {
      if (chunk.length === 0) return done
      if (typeof chunk === 'string') addText(chunk)
      else addBytes(chunk)
      if (unbuffered || size >= bufferSize) return flush()
      if (lineBuffered === false) return done
      return flushOnTerminal(typeof chunk === 'string' ? chunk.includes('\n') : chunk.includes(newline))
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
