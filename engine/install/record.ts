import { parseRecord, recordEndOfLine, recordHash, type RecordRow } from '../packaging/record.ts'
import type { Digests } from './digests.ts'
import { InstallError } from './install-error.ts'
import type { Tree } from './tree-file.ts'
import { walkTree } from './walk-tree.ts'
import type { Wheel } from './wheel.ts'

/** The row of a file that installing made. */
export const rowOf = async (digests: Digests, path: string, bytes: Uint8Array): Promise<RecordRow> => {
  const hasher = digests.sha256()
  hasher.update(bytes)
  return { path, hash: recordHash('sha256', await hasher.digest()), size: String(bytes.length) }
}

export interface WheelRecord {
  rows: readonly RecordRow[]
  endOfLine: '\n' | '\r\n'
}

/**
 * A wheel's RECORD; where it cannot be used, what a sorted walk finds, without hashes and sizes, and a warning. Throws InstallError where there is
 * none: real pex, too, gives up ("it has no installation RECORD metadata").
 */
export const readRecord = async (wheel: Wheel, tree: Tree, path: string, warn: (message: string) => void): Promise<WheelRecord> => {
  const bytes = await wheel.read(path)
  const text = new TextDecoder().decode(bytes)
  const rows = parseRecord(text)
  const endOfLine = recordEndOfLine(text)
  if (text === '') throw new InstallError(wheel.fileName, `has no ${path}: a wheel is not installed without its RECORD`)
  if (!rows.some((row) => row.path.startsWith('/'))) return { rows, endOfLine }
  warn(`The RECORD in ${wheel.fileName} has at least some invalid entries with absolute paths; so wheel re-packing will not be round-trippable.`)
  return { rows: walkTree(tree.keys()).map((found) => ({ path: found, hash: '', size: '' })), endOfLine }
}
