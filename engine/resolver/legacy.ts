import { normalizeName } from '../packaging/project-name.ts'
import { strip } from '../packaging/python-text.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { namesPrerelease } from '../packaging/specifier.ts'
import { formatSpecifierSet } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'
import { isPrerelease } from '../packaging/version.ts'
import { admitsVersion } from './admissions.ts'
import type { Answer } from './backtracking.ts'
import type { Catalog } from './catalog.ts'
import { appliesTo, dependenciesOf } from './dependencies.ts'
import { placeOf, takesPython, type Candidate, type Listing } from './listing.ts'
import { describeMissing } from './describe-missing.ts'
import type { Resolved, Resolving, Root } from './resolution.ts'
import { ResolutionError, shownRequirement, type Ask } from './resolution-error.ts'

/** A project that something asked for; what was first asked decides, later requirements do not. */
interface Wanted {
  readonly ask: Ask
  extras: readonly string[]
  /** Only limits what is to be chosen if somebody else asks for it. */
  constraint: boolean
  /** Whether it began as a constraint: pip then overlooks that a project is asked for twice. */
  readonly constrained: boolean
  prepared: boolean
}

/** Of old `packaging`: `<2.0rc1`, `>` and `!=` do not ask for pre-releases, and clauses that do not ask never get any. */
const fitting = ({ specifier, ...requirement }: Requirement, { candidates }: Listing, prereleases: boolean): readonly Candidate[] => {
  const found = candidates.filter(({ version }) => admitsVersion({ specifier, ...requirement }, version))
  const asked = specifier.specifiers.some(each => each.operator !== '<' && each.operator !== '>' && namesPrerelease(each))
  if (prereleases || asked) return found
  const finals = found.filter(({ version }) => !isPrerelease(version))
  return finals.length === 0 && specifier.specifiers.length === 0 ? found : finals
}

/** The newest that is not yanked, else the newest; of the first index that has one, where that counts. */
const newest = (candidates: readonly Candidate[]): Candidate | undefined => {
  const sound = candidates.filter(({ reserve }) => reserve !== 'yanked')
  const first = Math.min(...sound.map(({ file }) => placeOf(file)))
  return sound.findLast(({ file }) => placeOf(file) === first) ?? candidates.at(-1)
}

/**
 * What pip 20.3's legacy resolver answers, which real pex uses on Python 3.11 and older: each project as the first requirement on it says,
 * the newest such version, and never a step back. The answer may contradict requirements: `checkResolution` says so. pip's own order among
 * a distribution's requirements changes from run to run; here it is that of the metadata.
 */
export const resolveLegacy = async (catalog: Catalog, target: Target, resolving: Resolving): Promise<Answer> => {
  const wanted = new Map<string, Wanted>()
  const fail = (message: string, reason: ResolutionError['reason']): never => {
    throw new ResolutionError(message, target, reason)
  }

  /** Returns what is to be looked at because of it. */
  const add = (ask: Ask, constraint: boolean, parentExtras: readonly string[]): Wanted[] => {
    const { requirement } = ask
    if (!appliesTo(requirement, target, parentExtras)) return []
    const name = normalizeName(requirement.name)
    const existing = wanted.get(name)
    const extras = [...requirement.extras]
    if (existing === undefined) {
      const added = { ask, extras, constraint, constrained: constraint, prepared: false }
      wanted.set(name, added)
      return [added]
    }
    const isRoot = ask.path.length === 0
    const other = existing.ask.requirement
    if (isRoot && !existing.constrained && !constraint && existing.extras.join() === extras.join()
      && formatSpecifierSet(other.specifier) !== formatSpecifierSet(requirement.specifier)) {
      const already = `already in ${shownRequirement(other)}, name='${requirement.name}'`
      const message = `Double requirement given: ${shownRequirement(requirement)} (${already})`
      fail(message, { kind: 'double', root: ask.root!, already: existing.ask.root! })
    }
    if (constraint || !existing.constraint) return []
    if (requirement.url !== undefined && requirement.url !== other.url) {
      const why = 'installation from path or url cannot be constrained to a version'
      fail(`Could not satisfy constraints for '${requirement.name}': ${why}`, { kind: 'refused', ask })
    }
    existing.constraint = false
    existing.extras = [...new Set([...existing.extras, ...extras])].sort()
    return [existing]
  }

  const candidateOf = async (ask: Ask): Promise<Candidate> => {
    const { requirement } = ask
    const name = normalizeName(requirement.name)
    const refused = catalog.refusal(requirement)
    if (refused !== undefined) return fail(refused, { kind: 'refused', ask })
    const direct = catalog.direct(requirement)
    if (direct !== undefined) return direct
    const listing = await catalog.listing(name)
    const found = newest(fitting(requirement, listing, resolving.prereleases))
    const { known, unusable } = listing
    const versions = listing.candidates.map(({ version }) => version)
    return found ?? fail(describeMissing(ask, listing, target, catalog.places), { kind: 'no-candidate', ask, known, versions, unusable })
  }

  const queue: Wanted[] = []
  const distributions: Resolved[] = []

  const prepare = async ({ ask, extras }: Wanted): Promise<void> => {
    const { version, file, ...rest } = await candidateOf(ask)
    const metadata = await catalog.metadata({ version, file, ...rest })
    const name = strip(metadata.text.get('Name') ?? ask.requirement.name)
    const requires = metadata.text.get('Requires-Python')
    if (requires !== undefined && !takesPython(requires, catalog.taker.python)) {
      const message = `Package '${name}' requires a different Python: ${catalog.taker.python} not in '${requires}'`
      fail(message, { kind: 'requires-python', name, requires, python: catalog.taker.python })
    }
    const provided = (metadata.lists.get('Provides-Extra') ?? []).map(normalizeName)
    const available = [...new Set(extras.map(normalizeName))].filter(extra => provided.includes(extra)).sort()
    const roots = resolving.roots.filter(({ requirement }) =>
      normalizeName(requirement.name) === normalizeName(name) && appliesTo(requirement, target))
    distributions.push({ name, version, file, metadata, extras: available, roots })
    // First what is asked for in any case, then what each extra adds: the second time that a project is asked for changes nothing.
    for (const requirement of [[], ...available.map(extra => [extra])].flatMap(each => dependenciesOf(metadata, target, resolving, each))) {
      const dependency = { requirement, path: [ask.requirement, ...ask.path], root: ask.root }
      queue.push(...add(dependency, false, available))
    }
  }

  const ask = (root: Root): Ask => ({ requirement: root.requirement, path: [], root })
  for (const constraint of resolving.constraints) add(ask(constraint), true, [])
  for (const root of resolving.roots) add(ask(root), false, [])
  queue.push(...wanted.values())
  let rounds = 0
  for (const next of queue) {
    resolving.signal?.throwIfAborted()
    if (next.constraint || next.prepared) continue
    next.prepared = true
    rounds++
    await prepare(next)
  }
  return { distributions, rounds }
}
