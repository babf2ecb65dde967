import type { PackageIndex, ProjectFile } from '../index/package-index.ts'
import type { CoreMetadata } from '../packaging/core-metadata.ts'
import type { Requirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import type { Version } from '../packaging/version.ts'

/** A requirement and who wrote it: `from` is as a message names it (`-r requirements.txt (line 3)`), undefined on the command line. */
export interface Root {
  readonly requirement: Requirement
  readonly from: string | undefined
  /** `algorithm:digest` of `--hash`; a single one anywhere puts the whole resolution into hash mode. */
  readonly hashes: readonly string[]
}

/** Replaces what every distribution asks of a project: `cc<2`, or another project (`cc=bb`). Source: pex's --override. */
export interface Override {
  readonly project: string
  readonly requirement: Requirement
}

export interface Resolving {
  readonly roots: readonly Root[]
  readonly constraints: readonly Root[]
  readonly overrides: readonly Override[]
  /** Requirements whose projects, and what only they need, are left out. Source: pex's --exclude. */
  readonly excludes: readonly Requirement[]
  /** `--uploaded-prior-to`, in microseconds since the epoch: files that indexes got then or later are passed over. */
  readonly uploadedBefore?: number
  /** `--pre`. */
  readonly prereleases: boolean
  /** False: `--no-transitive`. */
  readonly transitive: boolean
  /** `backtracking` finds an answer where there is one; `legacy` takes the first it finds, as pip 20.3's legacy resolver. */
  readonly method: 'backtracking' | 'legacy'
  readonly signal?: AbortSignal
}

export interface Resolved {
  /** As its file and metadata spell it. */
  readonly name: string
  readonly version: Version
  readonly file: ProjectFile
  readonly metadata: CoreMetadata
  /** Normalised names of the extras that were asked of it, in order. */
  readonly extras: readonly string[]
  /** The direct requirements that chose it; empty for what only others need. */
  readonly roots: readonly Root[]
}

export interface Resolution {
  /** In the order in which pip would download them. */
  readonly distributions: readonly Resolved[]
  readonly rounds: number
  readonly fetches: number
}

/** One answer for each target, in their order. Throws ResolutionError, whose message says why there is none. */
export type Resolve = (index: PackageIndex, targets: readonly Target[], resolving: Resolving) => Promise<Resolution[]>
