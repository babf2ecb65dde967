import { directFile } from '../index/direct-file.ts'
import { parseCoreMetadata } from '../packaging/core-metadata.ts'
import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { parseMarker, type Marker } from '../packaging/marker.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { rankTags, type Tag } from '../packaging/tags.ts'
import type { Target } from '../packaging/target.ts'
import type { LockedFile } from './lock-index.ts'
import { ResolutionError } from './resolution-error.ts'

/** One of the resolves that a pex lock holds: for the platform of its tag, or for all that its marker describes. */
export interface PexLockedResolve {
  readonly tag: Tag | undefined
  readonly marker: Marker | undefined
  readonly files: readonly LockedFile[]
}

/** What is used of the JSON that `pex3 lock create` writes. */
export interface PexLock {
  readonly requirements: readonly Requirement[]
  readonly constraints: readonly Requirement[]
  readonly prereleases: boolean
  readonly transitive: boolean
  readonly resolves: readonly PexLockedResolve[]
}

type Fields = Readonly<Record<string, unknown>>

const refuse = (message: string): never => {
  throw new PackagingError(message)
}

const fieldsOf = (value: unknown, path: string): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : refuse(`Expected '${path}' to be an object.`)

const listAt = (fields: Fields, key: string, path: string): readonly unknown[] => {
  const value = fields[key]
  return Array.isArray(value) ? value : refuse(`Expected '${path}["${key}"]' to be a list.`)
}

const textAt = (fields: Fields, key: string, path: string): string => {
  const value = fields[key]
  return typeof value === 'string' ? value : refuse(`Expected '${path}["${key}"]' to be a string.`)
}

const optionalText = (fields: Fields, key: string, path: string): string | undefined =>
  fields[key] === undefined || fields[key] === null ? undefined : textAt(fields, key, path)

const requirementsAt = (fields: Fields, key: string, path: string, fill: Fill): Requirement[] => listAt(fields, key, path).map(each =>
  typeof each === 'string' ? parseRequirement(fill(each)) : parseRequirement(textAt(fieldsOf(each, `${path}["${key}"]`), 'requirement', path)))

/** Puts paths in the place of what stands for them. */
type Fill = (text: string) => string

/** The lock holds what a resolver asks of METADATA. */
const metadataOf = (project: string, version: string, requires: readonly unknown[], python: string | undefined, path: string, fill: Fill) => {
  const lines = [
    'Metadata-Version: 2.1', `Name: ${project}`, `Version: ${version}`, ...python === undefined ? [] : [`Requires-Python: ${python}`],
    ...requires.map((each, at) => {
      if (typeof each !== 'string') return refuse(`Expected '${path}["requires_dists"][${at}]' to be a string.`)
      return `Requires-Dist: ${fill(each)}`
    }),
  ]
  return parseCoreMetadata(new TextEncoder().encode(`${lines.join('\n')}\n\n`))
}

const readLocked = (value: unknown, path: string, fill: Fill): LockedFile[] => {
  const fields = fieldsOf(value, path)
  const project = textAt(fields, 'project_name', path)
  const python = optionalText(fields, 'requires_python', path)
  const metadata = metadataOf(project, textAt(fields, 'version', path), listAt(fields, 'requires_dists', path), python, path, fill)
  return listAt(fields, 'artifacts', path).map((each, at) => {
    const place = `${path}["artifacts"][${at}]`
    const artifact = fieldsOf(each, place)
    const hashes = { [textAt(artifact, 'algorithm', place)]: textAt(artifact, 'hash', place) }
    const file = { ...directFile(fill(textAt(artifact, 'url', place))), hashes, requiresPython: python }
    return { project: normalizeName(project), file, metadata }
  })
}

const readResolve = (value: unknown, path: string, fill: Fill): PexLockedResolve => {
  const fields = fieldsOf(value, path)
  const tag = fields['platform_tag']
  const marker = optionalText(fields, 'marker', path)
  return {
    tag: Array.isArray(tag) ? tag.join('-').toLowerCase() : undefined,
    marker: marker === undefined ? undefined : parseMarker(marker),
    files: listAt(fields, 'locked_requirements', path).flatMap((each, at) => readLocked(each, `${path}[${at}]`, fill)),
  }
}

/**
 * Reads the lock of real pex (`--lock`), as far as it is used. `filling` is asked, with the names that stand for paths and what is told of
 * them, for what fills them in. Throws PackagingError with the place of what is wrong.
 */
export const parsePexLock = (text: string, filling: (names: Readonly<Record<string, unknown>>) => Fill = () => each => each): PexLock => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    refuse(`The lock file is no JSON: ${error.message}`)
  }
  const fields = fieldsOf(value, '.')
  const fill = filling(fieldsOf(fields['path_mappings'] ?? {}, '.path_mappings'))
  return {
    requirements: requirementsAt(fields, 'requirements', '.', fill),
    constraints: requirementsAt(fields, 'constraints', '.', fill),
    prereleases: fields['allow_prereleases'] === true,
    transitive: fields['transitive'] !== false,
    resolves: listAt(fields, 'locked_resolves', '.').map((each, at) => readResolve(each, `.locked_resolves[${at}]`, fill)),
  }
}

/**
 * What of a pex lock is for a target: the resolve whose platform tag it likes best, one without a tag last, as real pex ranks them. Throws
 * ResolutionError where none is.
 */
export const selectPexLocked = ({ resolves }: PexLock, target: Target): readonly LockedFile[] => {
  const ranks = rankTags(target.tags)
  const rankOf = ({ tag }: PexLockedResolve): number => tag === undefined ? ranks.size : ranks.get(tag) ?? Infinity
  const [best] = resolves
    .filter(each => rankOf(each) < Infinity && (each.marker === undefined || evaluateMarker(each.marker, target.markers, 'requirement')))
    .sort((left, right) => rankOf(left) - rankOf(right))
  if (best !== undefined) return best.files
  const made = resolves.map(({ tag }) => tag).filter(tag => tag !== undefined)
  const why = made.length === 0 ? 'none of its resolves is for it' : `it was made for ${made.join(', ')}`
  const message = `The lock file does not apply to ${target.description}: ${why}. Make a lock for it too.`
  throw new ResolutionError(message, target, { kind: 'lock' })
}
