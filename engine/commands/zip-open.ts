import type { ByteSource } from '../archive/byte-source.ts'
import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'

export interface OpenedArchive {
  /** As it was found: the name given, or that with `.zip` or `.ZIP` after it. */
  name: string
  source: ByteSource
  close(): Promise<void>
}

/** The file as a source of an archive's bytes, read where the reader asks. Throws SystemError. */
export async function openArchive(process: Process, name: string): Promise<OpenedArchive> {
  const { system } = process
  const fd = await system.open(name, O_RDONLY)
  const { size, mode } = await system.fstat(fd)
  const close = async () => system.close(fd)
  if (isDirectory(mode)) {
    await close()
    throw new SystemError('EISDIR', name)
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const first = await system.pread(fd, length, offset)
    if (first.length === length || first.length === 0) return first
    const bytes = new Uint8Array(length)
    bytes.set(first)
    let at = first.length
    while (at < length) {
      const more = await system.pread(fd, length - at, offset + at)
      if (more.length === 0) break
      bytes.set(more, at)
      at += more.length
    }
    return bytes.subarray(0, at)
  }
  return { name, source: { size, read }, close }
}

/** Info-ZIP's search: the name itself, then with `.zip`, then with `.ZIP`. Undefined where none can be opened. */
export async function findArchive(process: Process, name: string): Promise<OpenedArchive | undefined> {
  for (const candidate of [name, `${name}.zip`, `${name}.ZIP`]) {
    try {
      return await openArchive(process, candidate)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
    }
  }
  return undefined
}
