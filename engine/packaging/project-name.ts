import { PackagingError } from './packaging-error.ts'
import { pythonRepr } from './python-text.ts'

const valid = /^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i
const normalized = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Whether a project may bear the name (core metadata, Name): ASCII letters, digits, `.`, `_` and `-`, a letter or digit at both ends. */
export const isProjectName = (name: string): boolean => valid.test(name)

/** Whether a name is its own normal form and valid. */
export const isNormalizedName = (name: string): boolean => normalized.test(name)

/** The normal form of a project's or an extra's name (PEP 503): lower case, every run of `.`, `_` and `-` one `-`. Any text is taken. */
export const normalizeName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** The normal form of a name that must be valid. */
export const checkedName = (name: string): string => {
  if (!isProjectName(name)) throw new PackagingError(`name is invalid: ${pythonRepr(name)}`, 'invalid-name')
  return normalizeName(name)
}
