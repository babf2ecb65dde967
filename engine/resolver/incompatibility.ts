import type { Requirement } from '../packaging/requirement.ts'
import { intersection, isWithin, union, type ChoiceSet } from './choice-set.ts'
import type { Package } from './package.ts'
import type { Root } from './resolution.ts'

/** Why something is impossible, where that is no conclusion from other impossibilities. */
export type Given =
  /** One of `by`'s candidates asks for what the other term denies. */
  | { readonly kind: 'requires'; readonly by: Package; readonly requirement: Requirement; readonly on: Package }
  /** The command line or a requirements file asks for it. */
  | { readonly kind: 'asked'; readonly root: Root; readonly on: Package }
  /** A constraint excludes these candidates. */
  | { readonly kind: 'constraint'; readonly root: Root; readonly on: Package }
  /** The candidate cannot be used, as was found when its metadata was read. */
  | { readonly kind: 'unusable'; readonly pkg: Package; readonly why: string }
  /** An extra is of its project's own version. */
  | { readonly kind: 'extra'; readonly pkg: Package }
  /** These choices were tried together, and one of them needs to be asked for by name (a pre-release, a yanked file, a URL). */
  | { readonly kind: 'unasked'; readonly pkg: Package }

export interface Derived {
  readonly kind: 'derived'
  readonly left: Incompatibility
  readonly right: Incompatibility
}

/**
 * Choices of several packages that cannot be made together: no solution has, for every package here, a choice from its set. (PubGrub's
 * incompatibility; its negative terms are sets that hold "not chosen".)
 */
export interface Incompatibility {
  readonly terms: ReadonlyMap<Package, ChoiceSet>
  readonly cause: Given | Derived
}

/** Terms that say nothing are left out. */
export const incompatibility = (terms: Iterable<readonly [Package, ChoiceSet]>, cause: Given | Derived): Incompatibility => {
  const kept = new Map<Package, ChoiceSet>()
  for (const [pkg, set] of terms) if (!isWithin(pkg.every, set)) kept.set(pkg, set)
  return { terms: kept, cause }
}

/** What follows from two incompatibilities that differ in `pivot`: whichever choice is made there, one of the two applies. */
export const resolvent = (left: Incompatibility, right: Incompatibility, pivot: Package): Incompatibility => {
  const terms = new Map(left.terms)
  for (const [pkg, set] of right.terms) {
    const own = terms.get(pkg)
    terms.set(pkg, own === undefined ? set : pkg === pivot ? union(own, set) : intersection(own, set))
  }
  return incompatibility(terms, { kind: 'derived', left, right })
}
