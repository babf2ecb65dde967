import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, type Requirement } from '../packaging/requirement.ts'
import { strip } from '../packaging/python-text.ts'
import type { Target } from '../packaging/target.ts'
import { compareVersions, readVersion } from '../packaging/version.ts'
import { isAsked, isMeant, type Admissions } from './admissions.ts'
import type { Catalog } from './catalog.ts'
import { choicesWhere, intersection, isDisjoint, isEmpty, isWithin, oneChoice, union, type ChoiceSet } from './choice-set.ts'
import { appliesTo, dependenciesOf } from './dependencies.ts'
import { incompatibility, type Given, type Incompatibility } from './incompatibility.ts'
import { takesPython, type Listing } from './listing.ts'
import { createPackage, otherChoices, type Package } from './package.ts'
import { createPreference } from './preference.ts'
import type { Resolving, Root } from './resolution.ts'
import { ResolutionError, shownRequirement } from './resolution-error.ts'
import { createSolver } from './solver.ts'

/** A requirement on a package and the choice that makes it; a root has none. */
export interface Asking {
  readonly by: Package | undefined
  readonly choice: number
  readonly requirement: Requirement
  readonly root: Root | undefined
}

/** How many solutions may turn out to lean on a pre-release, or a yanked file, that nobody in them asks for, before the search gives up. */
const mostUnasked = 100

/** Lets messages in: a search may be long, and the thread is not its own. */
const breathe = (): Promise<void> => new Promise(resolve => { setTimeout(resolve) })

/** Counts the rounds of all searches for a target. */
export interface Progress {
  rounds: number
}

/** Where a search ended. */
export type Outcome =
  | { readonly kind: 'solved'; readonly decisions: ReadonlyMap<Package, number>; readonly askings: ReadonlyMap<Package, readonly Asking[]> }
  | { readonly kind: 'impossible'; readonly proof: Incompatibility; readonly askings: ReadonlyMap<Package, readonly Asking[]> }

/** One search, from the roots to a solution or a proof. `again`: more was admitted on the way than it had begun with. */
export const search = async (
  catalog: Catalog, target: Target, resolving: Resolving, admissions: Admissions, progress: Progress,
): Promise<Outcome | 'again'> => {
  const solver = createSolver()
  const { assignments } = solver
  const packages = new Map<string, Package>()
  const askings = new Map<Package, Asking[]>()
  const askingsOf = new Map<Listing, Asking[]>()
  const expanded = new Map<Package, Set<number>>()
  const asked = new Map<string, Incompatibility>()
  const meanings = new Map<string, ChoiceSet>()
  let outgrown = false

  const constraintsOn = (project: string): Root[] =>
    resolving.constraints.filter(({ requirement }) => normalizeName(requirement.name) === project)

  const packageOf = (listing: Listing, extra: string | undefined): Package => {
    const key = extra === undefined ? listing.name : `${listing.name}[${extra}]`
    const known = packages.get(key)
    if (known !== undefined) return known
    const constraints = constraintsOn(listing.name)
    for (const { requirement } of constraints) admissions.admit(requirement, listing, catalog.direct(requirement))
    const pkg = createPackage(listing, admissions.candidates(listing), extra)
    packages.set(key, pkg)
    for (const root of constraints) {
      const excluded = intersection(pkg.chosen, otherChoices(pkg, meaning(root.requirement, pkg)))
      if (!isEmpty(excluded)) solver.add(incompatibility([[pkg, excluded]], { kind: 'constraint', root, on: pkg }))
    }
    return pkg
  }

  const listingOf = ({ name }: Requirement): Promise<Listing> => catalog.listing(normalizeName(name))

  /** The packages that a requirement is about: the project, then its extras. */
  const packagesOf = (requirement: Requirement, listing: Listing): Package[] => {
    if (admissions.admit(requirement, listing, catalog.direct(requirement)) && packages.has(listing.name)) outgrown = true
    return [undefined, ...requirement.extras.map(normalizeName)].map(extra => packageOf(listing, extra))
  }

  const meaning = (requirement: Requirement, pkg: Package): ChoiceSet => {
    const key = `${pkg.key} ${formatRequirement({ ...requirement, extras: [], marker: undefined })}`
    const known = meanings.get(key)
    if (known !== undefined) return known
    const set = choicesWhere(pkg.size, choice => choice !== pkg.absent && isMeant(requirement, pkg.candidates[choice]!))
    meanings.set(key, set)
    return set
  }

  const takeAsking = (pkg: Package, asking: Asking): void => {
    const add = <Key>(to: Map<Key, Asking[]>, key: Key) => void to.set(key, to.get(key) ?? []).get(key)!.push(asking)
    add(askings, pkg)
    add(askingsOf, pkg.listing)
  }

  const takeRoot = (root: Root, listing: Listing): void => {
    for (const pkg of packagesOf(root.requirement, listing)) {
      takeAsking(pkg, { by: undefined, choice: 0, requirement: root.requirement, root })
      solver.add(incompatibility([[pkg, otherChoices(pkg, meaning(root.requirement, pkg))]], { kind: 'asked', root, on: pkg }))
    }
  }

  /** Of several versions that ask for the same, one impossibility speaks for all. */
  const addRequirement = (by: Package, choice: number, on: Package, requirement: Requirement): Incompatibility => {
    const key = `${by.key} ${on.key} ${shownRequirement(requirement)}`
    const before = asked.get(key)
    const own = oneChoice(by.size, choice)
    const speaking = before === undefined ? own : union(own, before.terms.get(by) ?? own)
    const cause: Given = { kind: 'requires', by, requirement, on }
    const added = by === on
      ? incompatibility([[by, intersection(own, otherChoices(on, meaning(requirement, on)))]], cause)
      : incompatibility([[by, speaking], [on, otherChoices(on, meaning(requirement, on))]], cause)
    if (by !== on) asked.set(key, added)
    solver.add(added, by === on ? undefined : before)
    return added
  }

  const unusable = (pkg: Package, choice: number, why: string): Incompatibility[] => {
    const added = incompatibility([[pkg, oneChoice(pkg.size, choice)]], { kind: 'unusable', pkg, why })
    solver.add(added)
    return [added]
  }

  /** Makes known what choosing a candidate asks for. Returns what was added. */
  const expand = async (pkg: Package, choice: number): Promise<Incompatibility[]> => {
    const before = expanded.get(pkg) ?? new Set()
    if (before.has(choice)) return []
    expanded.set(pkg, before.add(choice))
    const candidate = pkg.candidates[choice]!
    const metadata = await catalog.metadata(candidate)
    const says = readVersion(strip(metadata.text.get('Version') ?? ''))
    if (says === undefined || compareVersions(says, candidate.version) !== 0) {
      return unusable(pkg, choice, `its metadata says that it is version ${metadata.text.get('Version') ?? 'nothing'}`)
    }
    const requires = metadata.text.get('Requires-Python')
    if (!takesPython(requires, catalog.taker.python)) return unusable(pkg, choice, `it requires Python ${requires}`)
    let requirements: Requirement[]
    try {
      requirements = dependenciesOf(metadata, target, resolving, pkg.extra === undefined ? [] : [pkg.extra])
    } catch (error) {
      if (!(error instanceof PackagingError) || error.code === 'undefined-environment-name') throw error
      return unusable(pkg, choice, `its metadata cannot be read: ${error.message.split('\n')[0]}`)
    }
    const refused = requirements.map(catalog.refusal).find(why => why !== undefined)
    if (refused !== undefined) return unusable(pkg, choice, refused)
    const added: Incompatibility[] = []
    if (pkg.extra !== undefined) {
      const base = packageOf(pkg.listing, undefined)
      const same = incompatibility(
        [[pkg, oneChoice(pkg.size, choice)], [base, otherChoices(base, oneChoice(base.size, choice))]], { kind: 'extra', pkg })
      solver.add(same)
      added.push(same)
    }
    // All are asked for at once; what comes of them is taken in order, so that no answer depends on which was fast.
    const listings = await Promise.all(requirements.map(listingOf))
    for (const [at, requirement] of requirements.entries()) {
      for (const on of packagesOf(requirement, listings[at]!)) {
        takeAsking(on, { by: pkg, choice, requirement, root: undefined })
        added.push(addRequirement(pkg, choice, on, requirement))
      }
    }
    return added
  }

  /** What the choices made so far, and the constraints, ask of a project. */
  const requirementsOn = (pkg: Package): Requirement[] => [
    ...(askingsOf.get(pkg.listing) ?? []).filter(({ by, choice }) => by === undefined || assignments.decided(by) === choice),
    ...constraintsOn(pkg.listing.name),
  ].map(({ requirement }) => requirement)

  /** A chosen candidate that the solution has no right to. */
  const findUnasked = (): Package | undefined => [...assignments.decisions()].find(([pkg, choice]) =>
    !isAsked(pkg.candidates[choice]!, requirementsOn(pkg), pkg.listing.candidates, resolving.prereleases))?.[0]

  for (const root of [...resolving.roots, ...resolving.constraints]) {
    const refused = catalog.refusal(root.requirement)
    const ask = { requirement: root.requirement, path: [], root }
    if (refused !== undefined) throw new ResolutionError(refused, target, { kind: 'refused', ask })
  }
  const roots = resolving.roots.filter(({ requirement }) => appliesTo(requirement, target))
  const preference = createPreference(solver, roots, requirementsOn, resolving.prereleases)
  const listings = await Promise.all(roots.map(({ requirement }) => listingOf(requirement)))
  for (const [at, root] of roots.entries()) takeRoot(root, listings[at]!)
  let unasked = 0
  for (;;) {
    resolving.signal?.throwIfAborted()
    if (outgrown) return 'again'
    if (progress.rounds++ % 64 === 63) await breathe()
    const proof = solver.propagate()
    if (proof !== undefined) return { kind: 'impossible', proof, askings }
    const pending = assignments.pending()
    const pkg = preference.next(pending)
    if (pkg === undefined) {
      const stray = findUnasked()
      if (stray === undefined) return { kind: 'solved', decisions: new Map(assignments.decisions()), askings }
      const together = [...assignments.decisions()].map(([each, choice]) => [each, oneChoice(each.size, choice)] as const)
      const added = incompatibility(together, { kind: 'unasked', pkg: stray })
      if (++unasked > mostUnasked) return { kind: 'impossible', proof: added, askings }
      solver.add(added)
      continue
    }
    for (const each of preference.likely(pending)) catalog.prefetch(each.candidates[preference.best(each)]!)
    const choice = preference.best(pkg)
    const added = await expand(pkg, choice)
    const own = oneChoice(pkg.size, choice)
    // A choice that cannot stand is not made: what was added says so by itself.
    const stands = added.every(({ terms }) => [...terms].some(([each, set]) =>
      each === pkg ? isDisjoint(own, set) : !isWithin(assignments.left(each), set)))
    if (stands) solver.decide(pkg, choice)
  }
}
