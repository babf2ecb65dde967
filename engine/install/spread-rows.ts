import type { RecordRow } from '../packaging/record.ts'
import { originalInfoPath } from './original-wheel-info.ts'

export interface Spreading {
  readonly fileName: string
  /** `name-version`, as the `.dist-info` directory spells it. */
  readonly prefix: string
  has(path: string): boolean | Promise<boolean>
  /** A file goes to its place: the row that stands for it there, undefined where installing makes it afresh. */
  place(row: RecordRow): Promise<RecordRow | undefined>
  warn(message: string): void
}

/**
 * What becomes of a RECORD's rows when their files go to other places: what installing adds and bytecode are left out, and with a warning in
 * pex's words what is not there. Source: pex/pep_427.py, install_wheel.
 */
export const spreadRows = async (given: readonly RecordRow[], { fileName, prefix, has, place, warn }: Spreading): Promise<RecordRow[]> => {
  const distInfo = `${prefix}.dist-info`
  const recordPath = `${distInfo}/RECORD`
  const left = new Set([`${distInfo}/INSTALLER`, `${distInfo}/REQUESTED`, originalInfoPath(prefix)])
  const rows: RecordRow[] = []
  let warned = false
  for (const row of given) {
    if (row.path.endsWith('/')) rows.push(row)
    else if (row.path === recordPath) rows.push({ path: recordPath, hash: '', size: '' })
    else if (left.has(row.path) || row.path.endsWith('.pyc')) continue
    else if (await has(row.path)) {
      const placed = await place(row)
      if (placed) rows.push(placed)
    } else if (!warned) {
      warned = true
      warn(`The wheel ${fileName} has a bad RECORD. Skipping install of non-existent file ${row.path} and possibly others.`)
    }
  }
  return rows
}
