/** Bytes of the machine's files that this process has read, kept while the files do not change: a zip is opened once for each module in it. */
import type { Stat } from '../machine/stat.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { FileChanges } from './file-changes.ts'

export interface FileContents {
  /** The whole of a file, as it was at that moment. */
  add(stat: Stat, bytes: Uint8Array, moment: number): void
  /** Whether the whole of the file, unchanged, is here. */
  whole(ino: number | undefined): boolean
  /** What pread(2) would answer. */
  read(fd: number, stat: Stat, offset: number, length: number): Uint8Array
  /** As if nothing had been read yet. */
  forget(): void
}

/** Files are brought over in parts of this size; a larger read goes past this room. */
const PART = 256 * 1024
/** Bytes kept in all. */
const MOST = 16 * 1024 * 1024

interface Content {
  moment: number
  size: number
  /** By number. */
  parts: Map<number, Uint8Array>
}

export function createFileContents(kernel: KernelCalls, changes: FileChanges): FileContents {
  const contents = new Map<number, Content>()
  let kept = 0

  function current(ino: number): Content | undefined {
    const content = contents.get(ino)
    if (!content || (changes.moment() !== undefined && !changes.altered(content.moment, ino))) return content
    contents.delete(ino)
    return undefined
  }

  function keep(content: Content, part: number, bytes: Uint8Array) {
    kept += bytes.length
    if (kept > MOST) {
      contents.clear()
      kept = bytes.length
    }
    content.parts.set(part, bytes)
  }

  function part(fd: number, stat: Stat, number: number): Uint8Array {
    const content = current(stat.ino)
    const known = content?.parts.get(number)
    if (known) return known
    const moment = changes.moment()
    const bytes = kernel.pread(fd, PART, number * PART)
    if (moment === undefined) return bytes
    const kept = content ?? { moment, size: stat.size, parts: new Map<number, Uint8Array>() }
    keep(kept, number, bytes)
    contents.set(stat.ino, kept)
    return bytes
  }

  return {
    forget() {
      contents.clear()
      kept = 0
    },
    add(stat, bytes, moment) {
      const content: Content = { moment, size: stat.size, parts: new Map() }
      for (let start = 0; start < bytes.length; start += PART) keep(content, start / PART, bytes.subarray(start, start + PART))
      contents.set(stat.ino, content)
    },
    whole(ino) {
      const content = ino === undefined ? undefined : current(ino)
      return content !== undefined && content.parts.size * PART >= content.size
    },
    read(fd, stat, offset, length) {
      const end = Math.min(offset + length, stat.size)
      const first = Math.floor(offset / PART)
      if (end <= offset) return new Uint8Array(0)
      if (end <= (first + 1) * PART) return part(fd, stat, first).subarray(offset - first * PART, end - first * PART)
      if (end - offset > PART) return kernel.pread(fd, end - offset, offset)
      const [one, other] = [part(fd, stat, first).subarray(offset - first * PART), part(fd, stat, first + 1)]
      const bytes = new Uint8Array(end - offset)
      bytes.set(one)
      bytes.set(other.subarray(0, end - offset - one.length), one.length)
      return bytes
    },
  }
}
