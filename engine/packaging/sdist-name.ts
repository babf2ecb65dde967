import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import { pythonRepr } from './python-text.ts'
import { readVersion, type Version } from './version.ts'

/** What a source distribution's file name says. */
export interface SdistName {
  /** Normalised (PEP 503). */
  readonly name: string
  readonly version: Version
}

const refuse = (why: string, fileName: string) => new PackagingError(`Invalid sdist filename${why}: ${pythonRepr(fileName)}`)

/** Reads `name-version.tar.gz` or `.zip` as `packaging.utils.parse_sdist_filename` does, and refuses what it refuses. */
export const parseSdistName = (fileName: string): SdistName => {
  const extension = ['.tar.gz', '.zip'].find(end => fileName.endsWith(end))
  if (extension === undefined) throw refuse(" (extension must be '.tar.gz' or '.zip')", fileName)
  const stem = fileName.slice(0, -extension.length)
  const dash = stem.lastIndexOf('-')
  if (dash < 0) throw refuse('', fileName)
  if (dash === 0) throw refuse(' (empty project name)', fileName)
  const version = readVersion(stem.slice(dash + 1))
  if (version === undefined) throw refuse(' (invalid version)', fileName)
  return { name: normalizeName(stem.slice(0, dash)), version }
}
