import { compareCodePoints } from './compare-code-points.ts'
import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import { pythonRepr } from './python-text.ts'
import { readTags, type Tag } from './tags.ts'
import { count, readVersion, type Count, type Version } from './version.ts'

/** What tells two builds of one version apart (PEP 427): a number, and the text behind it. */
export interface BuildTag {
  readonly number: Count
  readonly suffix: string
}

/** What a wheel's file name says. */
export interface WheelName {
  /** Normalised (PEP 503). */
  readonly name: string
  readonly version: Version
  readonly build?: BuildTag
  /** Every tag of the compressed set. */
  readonly tags: readonly Tag[]
}

/** Python's `\w` and the dot: what is left of a project's name in a file name (PEP 427). */
const escapedName = /^[\p{L}\p{N}_.]+$/u

const refuse = (why: string): PackagingError => new PackagingError(why)

/**
 * Reads `name-version[-build]-python-abi-platform.whl` as `packaging.utils.parse_wheel_filename` does, and refuses what it
 * refuses. No directory before the name.
 */
export const parseWheelName = (fileName: string): WheelName => {
  if (!fileName.endsWith('.whl')) throw refuse(`Invalid wheel filename (extension must be '.whl'): ${pythonRepr(fileName)}`)
  const stem = fileName.slice(0, -'.whl'.length)
  const parts = stem.split('-')
  if (parts.length !== 5 && parts.length !== 6) throw refuse(`Invalid wheel filename (wrong number of parts): ${pythonRepr(stem)}`)
  const [name = '', versionText = '', buildText = ''] = parts
  if (name.includes('__') || !escapedName.test(name)) throw refuse(`Invalid project name: ${pythonRepr(stem)}`)
  const version = readVersion(versionText)
  if (version === undefined) throw refuse(`Invalid wheel filename (invalid version): ${pythonRepr(stem)}`)
  const build = parts.length === 6 ? /^([0-9]+)([^\n]*)/.exec(buildText) : undefined
  if (build === null) throw refuse(`Invalid build number: ${buildText} in ${pythonRepr(stem)}`)
  const tags = readTags(parts.slice(-3).join('-'))
  if (tags === undefined) throw refuse(`Invalid wheel filename (invalid tag component): ${pythonRepr(stem)}`)
  return { name: normalizeName(name), version, tags, ...(build && { build: { number: count(build[1] ?? '0'), suffix: build[2] ?? '' } }) }
}

/**
 * What the build tags of two wheels of one version say about their order: none is lowest, then by number, then by the text
 * behind it (PEP 427).
 */
export const compareBuildTags = (left: BuildTag | undefined, right: BuildTag | undefined): number => {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  if (left.number !== right.number) return left.number < right.number ? -1 : 1
  return compareCodePoints(left.suffix, right.suffix)
}
