import { stringify, type TomlTable, type TomlValue } from 'smol-toml'
import { formatMarker } from './marker.ts'
import type { Pylock, PylockFile, PylockPackage } from './pylock.ts'
import { formatSpecifierSet } from './specifier-set.ts'
import { formatVersion } from './version.ts'

type Fields = Readonly<Record<string, TomlValue | undefined>>

/** The fields that have a value, in this order, with TOML's spelling of their names. */
const toTable = (fields: Fields): TomlTable => {
  const table: TomlTable = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) table[name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)] = value
  }
  return table
}

const list = <T extends TomlValue>(items: readonly T[] | undefined): T[] | undefined => items && [...items]

const fileTable = ({ name, uploadTime, url, path, size, hashes, subdirectory }: PylockFile): TomlTable =>
  toTable({ name, uploadTime, url, path, size, hashes: { ...hashes }, subdirectory })

const packageTable = (locked: PylockPackage): TomlTable =>
  toTable({
    name: locked.name,
    version: locked.version && formatVersion(locked.version),
    marker: locked.marker && formatMarker(locked.marker),
    requiresPython: locked.requiresPython && formatSpecifierSet(locked.requiresPython),
    dependencies: list(locked.dependencies),
    vcs: locked.vcs && toTable({ ...locked.vcs }),
    directory: locked.directory && toTable({ ...locked.directory }),
    archive: locked.archive && fileTable(locked.archive),
    index: locked.index,
    sdist: locked.sdist && fileTable(locked.sdist),
    wheels: locked.wheels?.map(fileTable),
    attestationIdentities: list(locked.attestationIdentities),
    tool: locked.tool,
  })

/** The tables of a lock file, names and order as PEP 751 lists them. */
export const pylockTable = (lock: Pylock): TomlTable =>
  toTable({
    lockVersion: formatVersion(lock.lockVersion),
    environments: lock.environments?.map(formatMarker),
    requiresPython: lock.requiresPython && formatSpecifierSet(lock.requiresPython),
    extras: list(lock.extras),
    dependencyGroups: list(lock.dependencyGroups),
    defaultGroups: list(lock.defaultGroups),
    createdBy: lock.createdBy,
    packages: lock.packages.map(packageTable),
    tool: lock.tool,
  })

/** The text of a lock file; `parsePylock` reads the same lock back. */
export const formatPylock = (lock: Pylock): string => {
  const text = stringify(pylockTable(lock), { numbersAsFloat: true })
  return text.endsWith('\n') ? text : `${text}\n`
}
