import { createAssignments, type Assignment, type Assignments } from './assignments.ts'
import { isWithin, oneChoice, type ChoiceSet } from './choice-set.ts'
import { resolvent, type Incompatibility } from './incompatibility.ts'
import { otherChoices, type Package } from './package.ts'

/**
 * The search itself (PubGrub, Weizenbaum 2018): it knows packages, choices and what is impossible, and nothing of Python. What it learns
 * from a conflict is one more impossibility, and the search goes back as far as that one allows.
 */
export interface Solver {
  readonly assignments: Assignments
  /** Makes an impossibility known; `propagate` then looks at the packages it names. `instead` is a weaker one that it replaces. */
  readonly add: (incompatibility: Incompatibility, instead?: Incompatibility) => void
  readonly decide: (pkg: Package, choice: number) => void
  /** Draws every conclusion there is. Returns the proof where there is no solution. */
  readonly propagate: () => Incompatibility | undefined
  /** How often a package was part of a conflict. */
  readonly conflicts: (pkg: Package) => number
}

export const createSolver = (): Solver => {
  const assignments = createAssignments()
  const known = new Map<Package, Incompatibility[]>()
  const changed = new Set<Package>()
  const conflicts = new Map<Package, number>()
  let proof: Incompatibility | undefined

  const add = (added: Incompatibility, instead?: Incompatibility): void => {
    if (added.terms.size === 0) proof ??= added
    for (const pkg of added.terms.keys()) {
      const list = known.get(pkg) ?? []
      if (list.length === 0) known.set(pkg, list)
      const place = instead === undefined ? -1 : list.lastIndexOf(instead)
      if (place < 0) list.push(added)
      else list[place] = added
      changed.add(pkg)
    }
  }

  /** The last of the steps that make the incompatibility true, and the level at which it would be almost true without that step. */
  const lastStep = ({ terms }: Incompatibility): { step: Assignment; set: ChoiceSet; level: number } => {
    let last: { step: Assignment; set: ChoiceSet } | undefined
    let level = 0
    for (const [pkg, set] of terms) {
      const step = assignments.satisfier(pkg, set)!
      if (last === undefined || step.at > last.step.at) {
        if (last !== undefined) level = Math.max(level, last.step.level)
        last = { step, set }
      } else level = Math.max(level, step.level)
    }
    const { step, set } = last!
    // The step may not have been enough by itself: then what it built on counts too.
    if (!isWithin(step.own, set)) level = Math.max(level, assignments.satisfier(step.pkg, set, step.own)?.level ?? 0)
    return { step, set, level }
  }

  /** Goes from a conflict to its cause, and back to where that was not yet decided. Undefined: there is no solution. */
  const learn = (conflict: Incompatibility): Incompatibility | undefined => {
    for (const pkg of conflict.terms.keys()) conflicts.set(pkg, (conflicts.get(pkg) ?? 0) + 1)
    let reason = conflict
    while (reason.terms.size > 0) {
      const { step, level } = lastStep(reason)
      if (step.cause === undefined || level < step.level) {
        if (reason !== conflict) add(reason)
        assignments.backtrack(level)
        return reason
      }
      reason = resolvent(reason, step.cause, step.pkg)
    }
    proof = reason
    return undefined
  }

  const propagate = (): Incompatibility | undefined => {
    for (const pkg of changed) {
      changed.delete(pkg)
      // The newest first: what was learned says more than what it was learned from.
      const list = known.get(pkg) ?? []
      for (let at = list.length - 1; at >= 0 && proof === undefined; at--) {
        const looked = list[at]!
        const standing = assignments.standing(looked)
        if (typeof standing === 'object') {
          assignments.derive(standing.open, otherChoices(standing.open, looked.terms.get(standing.open)!), looked)
          changed.add(standing.open)
        } else if (standing === 'satisfied') {
          const reason = learn(looked)
          if (reason === undefined) return proof
          changed.add(pkg)
          const open = assignments.standing(reason)
          if (typeof open !== 'object') throw new Error('a conflict was learned that does not say what to do next')
          assignments.derive(open.open, otherChoices(open.open, reason.terms.get(open.open)!), reason)
          changed.add(open.open)
          break
        }
      }
      if (proof !== undefined) break
    }
    return proof
  }

  const decide = (pkg: Package, choice: number): void => {
    assignments.decide(pkg, choice, oneChoice(pkg.size, choice))
    changed.add(pkg)
  }

  return { assignments, add, decide, propagate, conflicts: pkg => conflicts.get(pkg) ?? 0 }
}
