import type { TomlDate, TomlTable } from 'smol-toml'
import type { Marker } from './marker.ts'
import type { SpecifierSet } from './specifier-set.ts'
import type { Version } from './version.ts'

/** Where a file of a lock is: at least one of both. A path is relative to the lock file. */
export interface PylockLocation {
  readonly url?: string
  readonly path?: string
}

/** A file that is locked: a wheel, a source distribution or any archive. */
export interface PylockFile extends PylockLocation {
  /** The file's name where path and URL do not end in it; archives have none. */
  readonly name?: string
  readonly uploadTime?: TomlDate
  /** In bytes. */
  readonly size?: bigint
  /** Algorithm, as Python's hashlib names it, to digest in hexadecimal. At least one. */
  readonly hashes: Readonly<Record<string, string>>
  /** Of an archive: where in it the project is. */
  readonly subdirectory?: string
}

export interface PylockVcs extends PylockLocation {
  readonly type: string
  readonly requestedRevision?: string
  readonly commitId: string
  readonly subdirectory?: string
}

export interface PylockDirectory {
  readonly path: string
  readonly editable?: boolean
  readonly subdirectory?: string
}

/** One package: with wheels or a source distribution, or with exactly one of vcs, directory and archive. */
export interface PylockPackage {
  /** Normalised (PEP 503). */
  readonly name: string
  readonly version?: Version
  readonly marker?: Marker
  readonly requiresPython?: SpecifierSet
  readonly dependencies?: readonly TomlTable[]
  readonly vcs?: PylockVcs
  readonly directory?: PylockDirectory
  readonly archive?: PylockFile
  readonly index?: string
  readonly sdist?: PylockFile
  readonly wheels?: readonly PylockFile[]
  readonly attestationIdentities?: readonly TomlTable[]
  readonly tool?: TomlTable
}

/** A lock file (`pylock.toml`, PEP 751). */
export interface Pylock {
  readonly lockVersion: Version
  readonly environments?: readonly Marker[]
  readonly requiresPython?: SpecifierSet
  readonly extras?: readonly string[]
  readonly dependencyGroups?: readonly string[]
  readonly defaultGroups?: readonly string[]
  readonly createdBy: string
  readonly packages: readonly PylockPackage[]
  readonly tool?: TomlTable
}

/** Whether a file may be called so and be a lock file: `pylock.toml` or `pylock.NAME.toml`. */
export const isPylockName = (fileName: string): boolean => /^pylock\.(?:[^.]+\.)?toml$/.test(fileName)
