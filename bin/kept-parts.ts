/** Packed parts of PEXes, kept in a directory: one file each, named by a hash of its key. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { KeptParts, PexFiles } from '../engine/pex-command/pex-home.ts'
import { FileProblem } from '../engine/pex-command/file-problem.ts'
import { keepFile } from './keep-file.ts'

export const keptParts = (directory: string, files: PexFiles): KeptParts => {
  const pathOf = (key: string) => join(directory, createHash('sha256').update(key).digest('hex'))
  return {
    // What cannot be read, for whatever reason, is made again.
    read: key => files.open(pathOf(key)).catch((error: unknown) => {
      if (error instanceof FileProblem) return undefined
      throw error
    }),
    write: (key, chunks) => keepFile(pathOf(key), chunks),
  }
}
