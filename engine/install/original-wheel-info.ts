import type { NewEntry } from '../archive/write-zip.ts'
import { InstallError } from './install-error.ts'
import { pythonJson } from './python-json.ts'
import type { Tree } from './tree-file.ts'
import type { Wheel } from './wheel.ts'

/** Where an installed tree keeps what its wheel's entries were. */
export const originalInfoPath = (prefix: string): string => `${prefix}.pex-info/original-whl-info.json`

/** What a wheel needs to be made again as it was: every entry with its date and attributes. Source: pex/pep_427.py, ZipMetadata. */
export const originalWheelInfo = ({ fileName, archive }: Wheel): Uint8Array => {
  const entries = archive.entries.map(({ name, date, raw }) => [
    name,
    [date.year, date.month, date.day, date.hour, date.minute, date.second],
    raw.externalAttributes,
  ])
  return new TextEncoder().encode(pythonJson({ entries, filename: fileName }))
}

const isNumbers = (value: unknown, count: number): value is number[] =>
  Array.isArray(value) && value.length === count && value.every(each => Number.isInteger(each))

const refuse = (prefix: string): never => {
  throw new InstallError(prefix, `has a ${originalInfoPath(prefix)} that is not what pex writes`)
}

const toldIn = (bytes: Uint8Array, prefix: string): { entries?: unknown; filename?: unknown } => {
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) ?? {}) as object
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refuse(prefix)
  }
}

/** The wheel's name that it tells. Throws InstallError. */
export const originalFileName = (bytes: Uint8Array, prefix: string): string => {
  const { filename } = toldIn(bytes, prefix)
  return typeof filename === 'string' && /^[^/]+\.whl$/.test(filename) ? filename : refuse(prefix)
}

/** The entries that it tells of, without their data; undefined where the tree has none (pexes before 2.60). Throws InstallError. */
export const originalEntries = async (tree: Tree, prefix: string): Promise<NewEntry[] | undefined> => {
  const file = tree.get(originalInfoPath(prefix))
  if (!file) return undefined
  const { entries } = toldIn(await file.read(), prefix)
  if (!Array.isArray(entries)) return refuse(prefix)
  return entries.map((entry: unknown): NewEntry => {
    const [name, date, attributes] = Array.isArray(entry) ? entry as unknown[] : []
    if (typeof name !== 'string' || !isNumbers(date, 6) || typeof attributes !== 'number') return refuse(prefix)
    const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = date
    const mode = attributes >>> 16
    return { name, date: { year, month, day, hour, minute, second }, ...mode === 0 ? {} : { mode } }
  })
}
