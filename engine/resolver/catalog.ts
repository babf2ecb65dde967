import { directFile } from '../index/direct-file.ts'
import { IndexError } from '../index/index-error.ts'
import type { PackageIndex, ProjectFile } from '../index/package-index.ts'
import type { CoreMetadata } from '../packaging/core-metadata.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { rankTags } from '../packaging/tags.ts'
import type { Target } from '../packaging/target.ts'
import type { Resolving } from './resolution.ts'
import { directCandidate, listCandidates, type Candidate, type Listing, type Taker } from './listing.ts'

/** The indexes as one target sees them; each thing is asked for once. */
export interface Catalog {
  /** Where projects are looked for. */
  readonly places: readonly string[]
  readonly taker: Taker
  readonly listing: (name: string) => Promise<Listing>
  readonly metadata: (candidate: Candidate) => Promise<CoreMetadata>
  /** Asks for metadata that will likely be wanted; a failure shows when it is. */
  readonly prefetch: (candidate: Candidate) => void
  /** The file that a requirement names by its URL; undefined where it names none. Call `refusal` before. */
  readonly direct: (requirement: Requirement) => Candidate | undefined
  /** Why a requirement's URL cannot be taken; undefined where it can, or has none. */
  readonly refusal: (requirement: Requirement) => string | undefined
}

/** What several targets share: projects' files and metadata, and the count of what was asked for. */
export interface Fetching {
  readonly places: readonly string[]
  readonly project: PackageIndex['project']
  readonly metadata: PackageIndex['metadata']
  readonly fetches: () => number
}

const remembered = <Key, Value>(ask: (key: Key) => Promise<Value>, key: (of: Key) => string, count: () => void) => {
  const answers = new Map<string, Promise<Value>>()
  return (of: Key): Promise<Value> => {
    const known = answers.get(key(of))
    if (known !== undefined) return known
    count()
    const answer = ask(of)
    answers.set(key(of), answer)
    return answer
  }
}

export const createFetching = (index: PackageIndex): Fetching => {
  let fetches = 0
  const count = () => { fetches++ }
  return {
    places: index.places,
    project: remembered((name: string) => index.project(name), name => name, count),
    metadata: remembered((file: ProjectFile) => index.metadata(file), file => file.url, count),
    fetches: () => fetches,
  }
}

/** Release numbers only: `3.14.0` for a Python that calls itself 3.14.0rc1+. */
const pythonOf = ({ markers }: Target): string => {
  const [release] = /^\d+(?:\.\d+)*/.exec(markers['python_full_version'] ?? `${markers['python_version'] ?? '3'}.0`) ?? ['3']
  return release
}

/** `hashes`: by normalised name, what files of a project are wanted. */
export const createCatalog = (
  fetching: Fetching, target: Target, hashes: ReadonlyMap<string, readonly string[]>, { method, uploadedBefore }: Pick<Resolving, 'method' | 'uploadedBefore'>,
): Catalog => {
  const taker = { ranks: rankTags(target.tags), python: pythonOf(target), buildTagFirst: method === 'legacy', uploadedBefore }
  const list = async (name: string) => listCandidates(name, await fetching.project(name), taker, hashes.get(name))
  const directs = new Map<string, Candidate>()
  const direct = ({ name, url }: Requirement): Candidate | undefined => {
    if (url === undefined) return undefined
    const key = `${normalizeName(name)} @ ${url}`
    const candidate = directs.get(key) ?? directCandidate(name, directFile(url), taker)
    directs.set(key, candidate)
    return candidate
  }

  return {
    places: fetching.places,
    taker,
    listing: remembered(list, name => name, () => undefined),
    metadata: ({ file }) => fetching.metadata(file),
    prefetch: ({ file }) => void fetching.metadata(file).catch(() => undefined),
    direct,
    refusal: requirement => {
      try {
        direct(requirement)
        return undefined
      } catch (error) {
        if (error instanceof PackagingError || error instanceof IndexError) return error.message
        throw error
      }
    },
  }
}
