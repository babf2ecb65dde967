import { formatRequirement, type Requirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import type { Version } from '../packaging/version.ts'
import type { Unusable } from './listing.ts'
import type { Root } from './resolution.ts'

/** A requirement and who makes it. */
export interface Ask {
  readonly requirement: Requirement
  /** The requirements on the way to it, the nearest first; empty for a root. */
  readonly path: readonly Requirement[]
  /** Where the path begins. */
  readonly root: Root | undefined
}

/** A requirement without its marker, which has been looked at when somebody reads of it. */
export const shownRequirement = (requirement: Requirement): string => formatRequirement({ ...requirement, marker: undefined })

/** A requirement as pip's messages name it: a root without its marker, others with it. */
export const askedRequirement = ({ requirement, path }: Pick<Ask, 'requirement' | 'path'>): string =>
  path.length === 0 ? shownRequirement(requirement) : formatRequirement(requirement)

/** pip's way of saying where a requirement comes from: `aa>=1->-r requirements.txt (line 1)`; undefined on the command line. */
export const askedFrom = ({ path, root }: Ask): string | undefined =>
  [
    ...path.map((requirement, at) => askedRequirement({ requirement, path: path.slice(at + 1) })),
    ...root?.from === undefined ? [] : [root.from],
  ].join('->') || undefined

/** What stands in the way, for a caller that words it as another tool does. */
export type ResolutionCause =
  /** No file of the project fits the requirement by itself. */
  | {
    readonly kind: 'no-candidate'
    readonly ask: Ask
    /** Whether any index knows the project. */
    readonly known: boolean
    /** Those that the target could take, the lowest first; for the legacy resolver, as in its pip, with those that are yanked. */
    readonly versions: readonly Version[]
    readonly unusable: readonly Unusable[]
  }
  /** Each could be met, all together cannot. */
  | { readonly kind: 'conflict'; readonly asks: readonly Ask[] }
  /** Hash mode: requirements without `==`, or without hashes. */
  | { readonly kind: 'unpinned'; readonly asks: readonly Ask[] }
  | { readonly kind: 'unhashed'; readonly asks: readonly Ask[] }
  /** The legacy resolver takes one root for a project only. */
  | { readonly kind: 'double'; readonly root: Root; readonly already: Root }
  /** The legacy resolver's choice does not run on the target's Python. */
  | { readonly kind: 'requires-python'; readonly name: string; readonly requires: string; readonly python: string }
  /** More than one override stands for what a distribution asks for. */
  | { readonly kind: 'overrides'; readonly requirement: Requirement }
  /** A lock file has no answer for the target. */
  | { readonly kind: 'lock' }
  /** What was asked for cannot be asked for. */
  | { readonly kind: 'refused'; readonly ask: Ask }

/** There is no answer for a target; the message says why, in lines. */
export class ResolutionError extends Error {
  constructor(
    message: string,
    readonly target: Target,
    readonly reason: ResolutionCause,
  ) {
    super(message)
    this.name = 'ResolutionError'
  }
}
