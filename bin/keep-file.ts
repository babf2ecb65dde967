import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

let count = 0

/**
 * Writes a file of a cache, for this user alone, whole or not at all: others may read it at once. Where it cannot be written (a full disk, a
 * directory that belongs to somebody else) there is none, and what was to be kept is asked for again.
 */
export const keepFile = async (path: string, content: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void> => {
  const part = `${path}.${process.pid}-${++count}.part`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(part, content, { mode: 0o600 })
    await rename(part, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    await rm(part, { force: true }).catch(() => undefined)
  }
}
