import { hasChoice, intersection, isDisjoint, isWithin, type ChoiceSet } from './choice-set.ts'
import type { Incompatibility } from './incompatibility.ts'
import type { Package } from './package.ts'

/** One step of the search: what it left of a package's choices. */
export interface Assignment {
  readonly pkg: Package
  /** The choices that this step alone leaves. */
  readonly own: ChoiceSet
  /** What is left after it and all steps before. */
  readonly left: ChoiceSet
  /** How many decisions were made up to here. */
  readonly level: number
  /** Undefined: it was a decision. */
  readonly cause: Incompatibility | undefined
  readonly at: number
}

/** Where an incompatibility stands: all its sets are reached, one is out of reach, or only one (`open`) is neither. */
export type Standing = 'satisfied' | 'contradicted' | 'undecided' | { readonly open: Package }

/** The decisions made so far, what follows from them, and the way back. (PubGrub's partial solution.) */
export interface Assignments {
  readonly level: () => number
  /** What is left of a package's choices. */
  readonly left: (pkg: Package) => ChoiceSet
  readonly decided: (pkg: Package) => number | undefined
  /** Packages that are to be chosen and are not decided, in the order in which they came up. */
  readonly pending: () => Package[]
  readonly decisions: () => ReadonlyMap<Package, number>
  readonly decide: (pkg: Package, choice: number, set: ChoiceSet) => void
  readonly derive: (pkg: Package, own: ChoiceSet, cause: Incompatibility) => void
  readonly standing: (incompatibility: Incompatibility) => Standing
  /**
   * The first step after which the package's choices were within `set`, with `known` given as true already.
   */
  readonly satisfier: (pkg: Package, set: ChoiceSet, known?: ChoiceSet) => Assignment | undefined
  readonly backtrack: (level: number) => void
}

export const createAssignments = (): Assignments => {
  const steps: Assignment[] = []
  const byPackage = new Map<Package, Assignment[]>()
  const decisions = new Map<Package, number>()
  let level = 0

  const left = (pkg: Package): ChoiceSet => byPackage.get(pkg)?.at(-1)?.left ?? pkg.every

  const push = (pkg: Package, own: ChoiceSet, cause: Incompatibility | undefined): void => {
    const step = { pkg, own, left: intersection(left(pkg), own), level, cause, at: steps.length }
    steps.push(step)
    const history = byPackage.get(pkg)
    if (history === undefined) byPackage.set(pkg, [step])
    else history.push(step)
  }

  return {
    level: () => level,
    left,
    decided: pkg => decisions.get(pkg),
    decisions: () => decisions,
    pending: () => [...byPackage.keys()].filter(pkg => !decisions.has(pkg) && !hasChoice(left(pkg), pkg.absent)),
    decide: (pkg, choice, set) => {
      level++
      decisions.set(pkg, choice)
      push(pkg, set, undefined)
    },
    derive: push,
    standing: ({ terms }) => {
      let open: Package | undefined
      for (const [pkg, set] of terms) {
        const own = left(pkg)
        if (isDisjoint(own, set)) return 'contradicted'
        if (isWithin(own, set)) continue
        if (open !== undefined) return 'undecided'
        open = pkg
      }
      return open === undefined ? 'satisfied' : { open }
    },
    satisfier: (pkg, set, known = pkg.every) =>
      byPackage.get(pkg)?.find(step => isWithin(intersection(step.left, known), set)),
    backtrack: to => {
      while (steps.length > 0 && steps.at(-1)!.level > to) {
        const { pkg, cause } = steps.pop()!
        const history = byPackage.get(pkg)!
        history.pop()
        if (history.length === 0) byPackage.delete(pkg)
        if (cause === undefined) decisions.delete(pkg)
      }
      level = to
    },
  }
}
