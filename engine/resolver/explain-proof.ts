import { normalizeName } from '../packaging/project-name.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { namesPrerelease } from '../packaging/specifier.ts'
import type { Target } from '../packaging/target.ts'
import { formatVersion } from '../packaging/version.ts'
import { admitsVersion } from './admissions.ts'
import { describeMissing, unusableLines } from './describe-missing.ts'
import type { Incompatibility } from './incompatibility.ts'
import type { Listing } from './listing.ts'
import { narrateProof } from './narrate-proof.ts'
import type { Package } from './package.ts'
import { ResolutionError, type Ask } from './resolution-error.ts'
import type { Asking, Outcome } from './search.ts'
import { isUnmet, stateIncompatibility } from './state-incompatibility.ts'

type Impossible = Extract<Outcome, { kind: 'impossible' }>
type Askings = Impossible['askings']

/** What a proof rests on, each once. */
const givensOf = (proof: Incompatibility): Incompatibility[] => {
  const seen = new Set<Incompatibility>()
  const open = [proof]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (next.cause.kind === 'derived') open.push(next.cause.right, next.cause.left)
  }
  return [...seen].filter(({ cause }) => cause.kind !== 'derived')
}

/** The projects that a proof is about. */
export const projectsOf = (proof: Incompatibility): Listing[] =>
  [...new Set(givensOf(proof).flatMap(({ cause, terms }) => [
    ...'on' in cause ? [cause.on.listing] : [], ...[...terms.keys()].map(({ listing }) => listing),
  ]))]

/** The shortest way from a root to a package. */
const wayTo = (pkg: Package, askings: Askings): { path: Requirement[]; root: Asking['root'] } => {
  const before = new Map<Package, { by: Package; requirement: Requirement }>()
  const queue = [pkg]
  for (const next of queue) {
    for (const { by, requirement, root } of askings.get(next) ?? []) {
      if (root !== undefined) {
        const path = [requirement]
        for (let step = before.get(next); step !== undefined; step = before.get(step.by)) path.unshift(step.requirement)
        return { path, root }
      }
      if (by === undefined || by === pkg || before.has(by)) continue
      before.set(by, { by: next, requirement })
      queue.push(by)
    }
  }
  return { path: [], root: undefined }
}

const askOf = ({ cause }: Incompatibility, askings: Askings): Ask | undefined => {
  if (cause.kind === 'asked' || cause.kind === 'constraint') return { requirement: cause.root.requirement, path: [], root: cause.root }
  return cause.kind === 'requires' ? { requirement: cause.requirement, ...wayTo(cause.by, askings) } : undefined
}

/** What would meet a requirement but is not taken unless somebody says so, and nobody does. */
const reserved = ({ requirement }: Ask, asks: readonly Ask[], { name, candidates }: Listing): string[] => {
  const isNamed = asks.some(other => normalizeName(other.requirement.name) === name
    && other.requirement.specifier.specifiers.some(namesPrerelease))
  const matching = candidates.filter(({ version }) => admitsVersion(requirement, version))
  const named = (reserve: 'prerelease' | 'yanked') =>
    matching.filter(each => each.reserve === reserve).map(({ version }) => formatVersion(version))
  const [prereleases, yanked] = [named('prerelease'), named('yanked')]
  if (matching.length > prereleases.length + yanked.length) return []
  return [
    ...prereleases.length === 0 || isNamed ? [] : [
      `There are pre-releases of ${name} (${prereleases.join(', ')}): --pre takes them, and so does a requirement that names one.`,
    ],
    ...yanked.length === 0 ? [] : [`${name} ${yanked.join(', ')} is yanked: only a requirement with == takes it.`],
  ]
}

const hintsFor = (asks: readonly Ask[], listings: ReadonlyMap<string, Listing>, target: Target): string[] => {
  const hints = asks.flatMap(ask => {
    const listing = listings.get(normalizeName(ask.requirement.name))
    if (listing === undefined) return []
    const meant = listing.unusable.filter(({ version }) => admitsVersion(ask.requirement, version))
    return [...unusableLines(listing.name, meant, target), ...reserved(ask, asks, listing)]
  })
  return [...new Set(hints)]
}

/** The error that says why there is no solution in the indexes at `places`: sentences, or, where a proof is too long for them, what it rests on. */
export const explainProof = ({ proof, askings }: Impossible, target: Target, places: readonly string[]): ResolutionError => {
  const givens = givensOf(proof)
  const asks = givens.map(given => askOf(given, askings)).filter(ask => ask !== undefined)
  const listings = new Map(projectsOf(proof).map(listing => [listing.name, listing]))
  const unmet = givens.find(isUnmet)
  const missing = unmet && givens.every(given => given.cause.kind !== 'constraint') ? askOf(unmet, askings) : undefined
  const listing = missing && listings.get(normalizeName(missing.requirement.name))
  if (missing && listing) {
    const versions = listing.candidates.filter(({ reserve }) => reserve !== 'yanked').map(({ version }) => version)
    const message = [describeMissing(missing, listing, target, places), ...reserved(missing, asks, listing)].join('\n')
    const { known, unusable } = listing
    return new ResolutionError(message, target, { kind: 'no-candidate', ask: missing, known, versions, unusable })
  }
  const lines = narrateProof(proof)
    ?? ['These contradict each other:', ...givens.slice(0, 40).map(given => `  ${stateIncompatibility(given)}`)]
  return new ResolutionError([...lines, ...hintsFor(asks, listings, target)].join('\n'), target, { kind: 'conflict', asks })
}
