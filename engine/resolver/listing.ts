import { IndexError } from '../index/index-error.ts'
import type { ProjectFile } from '../index/package-index.ts'
import { bestWheel, wheelRank } from '../packaging/best-wheel.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { parseTime } from '../packaging/parse-time.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseSdistName } from '../packaging/sdist-name.ts'
import { parseSpecifierSet, containsVersion } from '../packaging/specifier-set.ts'
import type { Tag } from '../packaging/tags.ts'
import { compareVersions, isPrerelease, type Version } from '../packaging/version.ts'
import { compareBuildTags, parseWheelName, type WheelName } from '../packaging/wheel-name.ts'

/** Has to be asked for by name: a pre-release, a yanked file (PEP 592), a file that no index lists. */
export type Reserve = 'prerelease' | 'yanked' | 'direct'

/** The one file of a version that a target takes. */
export interface Candidate {
  readonly version: Version
  readonly file: ProjectFile
  readonly reserve: Reserve | undefined
}

/** A version none of whose files a target takes, and why. */
export interface Unusable {
  readonly version: Version
  readonly why:
    | { readonly kind: 'only-sdists' }
    | { readonly kind: 'tags'; readonly tags: readonly Tag[] }
    | { readonly kind: 'requires-python'; readonly requires: string }
    | { readonly kind: 'hashes' }
    /** When the first of its files came to the index. */
    | { readonly kind: 'too-late'; readonly uploadTime: string }
}

/** What a target may take of a project. */
export interface Listing {
  /** Normalised. */
  readonly name: string
  /** False where no index knows the project. */
  readonly known: boolean
  /** The lowest version first. */
  readonly candidates: readonly Candidate[]
  readonly unusable: readonly Unusable[]
}

/** What of a target decides on files. */
export interface Taker {
  readonly ranks: ReadonlyMap<Tag, number>
  /** The release of its Python, `3.14.2`. */
  readonly python: string
  /** pip before 21.0: a higher build tag counts more than a better tag. */
  readonly buildTagFirst: boolean
  /** Files that came to an index then or later are not there: microseconds since the epoch. */
  readonly uploadedBefore?: number | undefined
}

/** `algorithm:digest` in lower case; empty: any file will do. */
type Hashes = readonly string[]

interface NamedFile extends Partial<Pick<WheelName, 'tags' | 'build'>> {
  readonly file: ProjectFile
  readonly version: Version
}

const readName = (file: ProjectFile, project: string): NamedFile | undefined => {
  try {
    const named = file.fileName.endsWith('.whl') ? parseWheelName(file.fileName) : parseSdistName(file.fileName)
    return named.name === project ? { ...named, file } : undefined
  } catch (error) {
    if (error instanceof PackagingError) return undefined
    throw error
  }
}

/** Whether a Python is of those that a Requires-Python names; what is no specifier excludes none, as with pip. */
export const takesPython = (requires: string | undefined, python: string): boolean => {
  if (requires === undefined) return true
  try {
    return containsVersion(parseSpecifierSet(requires), python, true)
  } catch (error) {
    if (error instanceof PackagingError) return true
    throw error
  }
}

/** pip's rule: a file with a wanted hash; one without any hash may still turn out to have it; if none has it, all are tried. */
const withHashes = (files: readonly NamedFile[], hashes: Hashes): readonly NamedFile[] => {
  if (hashes.length === 0) return files
  const digests = ({ file }: NamedFile) => Object.entries(file.hashes).map(([algorithm, digest]) => `${algorithm}:${digest}`)
  if (!files.some(file => digests(file).some(digest => hashes.includes(digest)))) return files
  return files.filter(file => digests(file).length === 0 || digests(file).some(digest => hashes.includes(digest)))
}

/** Files of this machine came to no index. */
const isTooLate = ({ file: { url, uploadTime, listedBy, fileName }, tags }: NamedFile, { uploadedBefore, ranks }: Taker): boolean => {
  if (uploadedBefore === undefined || url.startsWith('file:') || (tags && !tags.some(tag => ranks.has(tag)))) return false
  const uploaded = uploadTime && parseTime(uploadTime)
  // pip's words, and its rule: nothing is guessed.
  if (!uploaded) throw new IndexError('not-an-index', `Index ${listedBy} does not provide upload-time metadata.`, fileName)
  return uploaded.microseconds >= uploadedBefore
}

const isYanked = ({ file }: NamedFile): boolean => file.yanked !== undefined

const reserveOf = (named: NamedFile): Reserve | undefined =>
  isYanked(named) ? 'yanked' : isPrerelease(named.version) ? 'prerelease' : undefined

type NamedWheel = NamedFile & Pick<WheelName, 'tags'>

/** The place of the index that lists a file, where that counts. */
export const placeOf = (file: ProjectFile): number => file.rank ?? 0

const choose = (all: readonly NamedWheel[], { ranks, buildTagFirst }: Taker): NamedWheel | undefined => {
  const known = all.filter(wheel => wheelRank(wheel, ranks) !== undefined)
  const first = Math.min(...known.map(({ file }) => placeOf(file)))
  const wheels = known.filter(({ file }) => placeOf(file) === first)
  if (!buildTagFirst) return bestWheel(wheels, ranks)
  return bestWheel(wheels.filter(wheel => wheels.every(other => compareBuildTags(wheel.build, other.build) >= 0)), ranks)
}

const whyNot = (files: readonly NamedFile[], allowed: readonly NamedFile[], late: ReadonlySet<NamedFile>, taker: Taker): Unusable['why'] => {
  const [tooLate] = files.filter(file => late.has(file)).map(({ file }) => file.uploadTime!).sort()
  if (tooLate !== undefined) return { kind: 'too-late', uploadTime: tooLate }
  const wheels = files.filter(({ tags }) => tags !== undefined)
  if (wheels.length === 0) return { kind: 'only-sdists' }
  const fitting = wheels.filter(({ tags = [] }) => tags.some(tag => taker.ranks.has(tag)))
  if (fitting.length === 0) return { kind: 'tags', tags: [...new Set(wheels.flatMap(({ tags = [] }) => tags))] }
  const requires = fitting.map(({ file }) => file.requiresPython).find(each => !takesPython(each, taker.python))
  if (requires === undefined || fitting.every(file => !allowed.includes(file))) return { kind: 'hashes' }
  return { kind: 'requires-python', requires }
}

const byVersion = (files: readonly NamedFile[]): NamedFile[][] => {
  const groups: NamedFile[][] = []
  // Sorting keeps the order of equal versions, which is the indexes'.
  for (const file of [...files].sort((left, right) => compareVersions(left.version, right.version))) {
    const last = groups.at(-1)
    if (last?.[0] !== undefined && compareVersions(last[0].version, file.version) === 0) last.push(file)
    else groups.push([file])
  }
  return groups
}

/**
 * The candidates among a project's files: of each version the best wheel whose tags, Requires-Python and hashes fit (PEP 425, 503), one
 * that is not yanked before one that is. Files whose names say nothing, or another project, are passed over.
 */
export const listCandidates = (name: string, files: readonly ProjectFile[] | undefined, taker: Taker, hashes: Hashes = []): Listing => {
  const named = (files ?? []).map(file => readName(file, name)).filter(file => file !== undefined)
  const late = new Set(named.filter(file => isTooLate(file, taker)))
  const allowed = withHashes(named.filter(file => !late.has(file)), hashes)
  const candidates: Candidate[] = []
  const unusable: Unusable[] = []
  for (const group of byVersion(named)) {
    const fitting = group.filter(file => allowed.includes(file) && takesPython(file.file.requiresPython, taker.python))
      .filter((file): file is NamedWheel => file.tags !== undefined)
    const best = choose(fitting.filter(file => !isYanked(file)), taker) ?? choose(fitting, taker)
    const [{ version }] = group as [NamedFile]
    if (best !== undefined) candidates.push({ version: best.version, file: best.file, reserve: reserveOf(best) })
    else unusable.push({ version, why: whyNot(group, allowed, late, taker) })
  }
  return { name, known: files !== undefined, candidates, unusable }
}

/** A project's file that was named by its URL. Throws PackagingError where the URL names no wheel of the project. */
export const directCandidate = (name: string, file: ProjectFile, taker: Taker): Candidate => {
  const named = parseWheelName(file.fileName)
  if (named.name !== normalizeName(name)) {
    throw new PackagingError(`${file.fileName} is a wheel of ${named.name}, not of ${name}`)
  }
  if (bestWheel([named], taker.ranks) === undefined) {
    throw new PackagingError(`${file.fileName} is not a supported wheel on this platform.`)
  }
  return { version: named.version, file, reserve: 'direct' }
}
