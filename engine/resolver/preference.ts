import { normalizeName } from '../packaging/project-name.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { namesPrerelease } from '../packaging/specifier.ts'
import { isPin } from './admissions.ts'
import { hasChoice } from './choice-set.ts'
import { placeOf } from './listing.ts'
import type { Package } from './package.ts'
import type { Root } from './resolution.ts'
import type { Solver } from './solver.ts'

/** After so many conflicts a package is chosen before others: its requirements then count before others pick a version. */
const troublesome = 5

/** How many packages' likely choices are fetched ahead. */
const ahead = 16

/**
 * Which package is to be chosen next, and which of its candidates first: pip's order, so that pip's answer is found where there are
 * several.
 */
export interface Preference {
  readonly next: (pending: readonly Package[]) => Package | undefined
  /**
   * The place of the candidate to try: of the first index that has one, the newest that need not be asked for by name, or is; else the
   * newest.
   */
  readonly best: (pkg: Package) => number
  /** Packages whose best candidates will be wanted soon. */
  readonly likely: (pending: readonly Package[]) => readonly Package[]
}

interface Ranked {
  readonly pkg: Package
  readonly rank: readonly number[]
}

export const createPreference = (
  solver: Solver, roots: readonly Root[], requirementsOn: (pkg: Package) => readonly Requirement[], prereleases: boolean,
): Preference => {
  const order = new Map<string, number>()
  for (const { requirement } of roots) {
    const name = normalizeName(requirement.name)
    if (!order.has(name)) order.set(name, order.size)
  }

  const best = (pkg: Package): number => {
    const left = solver.assignments.left(pkg)
    const takesPrereleases = prereleases || requirementsOn(pkg).some(({ specifier }) => specifier.specifiers.some(namesPrerelease))
    let best = -1
    let bestCost = Infinity
    for (let choice = pkg.absent - 1; choice >= 0 && bestCost > 0; choice--) {
      if (!hasChoice(left, choice)) continue
      const { reserve, file } = pkg.candidates[choice]!
      const isFree = reserve === undefined || (reserve === 'prerelease' && takesPrereleases)
      const cost = isFree ? placeOf(file) : Infinity
      if (best < 0 || cost < bestCost) [best, bestCost] = [choice, cost]
    }
    return best
  }

  /** Lower is sooner, from the first figure that differs. */
  const rank = (pkg: Package): number[] => {
    const requirements = requirementsOn(pkg)
    const clauses = requirements.flatMap(({ specifier }) => specifier.specifiers)
    const bounded = clauses.some(({ operator, wildcard }) => ['<', '<=', '~='].includes(operator) || (operator === '==' && wildcard))
    return [
      Number(solver.conflicts(pkg) < troublesome),
      Number(!requirements.some(({ url }) => url !== undefined)),
      Number(!clauses.some(isPin)),
      Number(!bounded),
      order.get(pkg.listing.name) ?? Infinity,
      Number(clauses.length === 0),
    ]
  }

  const isSooner = (left: Ranked, right: Ranked): boolean => {
    for (const [at, figure] of left.rank.entries()) if (figure !== right.rank[at]) return figure < right.rank[at]!
    return left.pkg.key < right.pkg.key
  }

  return {
    next: pending => {
      let first: Ranked | undefined
      for (const pkg of pending) {
        const each = { pkg, rank: rank(pkg) }
        if (first === undefined || isSooner(each, first)) first = each
      }
      return first?.pkg
    },
    best,
    likely: pending => pending.slice(0, ahead),
  }
}
