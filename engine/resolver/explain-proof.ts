import { formatRequirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import { formatVersion } from '../packaging/version.ts'
import type { Incompatibility } from './incompatibility.ts'
import type { Listing } from './listing.ts'
import type { Resolving } from './resolution.ts'
import { ResolutionError, type Ask } from './resolution-error.ts'
import type { Outcome } from './search.ts'

type Impossible = Extract<Outcome, { kind: 'impossible' }>

/** What a proof rests on, each once, in the order in which it is used. */
export const givensOf = (proof: Incompatibility): Incompatibility[] => {
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

/** The error that says why there is no solution. */
export const explainProof = ({ proof }: Impossible, target: Target, _resolving: Resolving): ResolutionError => {
  const asks: Ask[] = []
  const lines: string[] = []
  for (const { cause } of givensOf(proof)) {
    if (cause.kind === 'asked' || cause.kind === 'constraint') {
      asks.push({ requirement: cause.root.requirement, path: [], root: cause.root })
      lines.push(`${formatRequirement(cause.root.requirement)} ${cause.kind === 'asked' ? 'was asked for' : 'is a constraint'}`)
    }
    if (cause.kind === 'requires') {
      asks.push({ requirement: cause.requirement, path: [], root: undefined })
      lines.push(`${cause.by.key} requires ${formatRequirement(cause.requirement)}`)
      const { listing } = cause.on
      lines.push(`${listing.name}: ${listing.candidates.map(({ version }) => formatVersion(version)).join(', ')}`)
    }
  }
  return new ResolutionError(`No versions meet all requirements:\n${lines.map(line => `  ${line}`).join('\n')}`, target, { kind: 'conflict', asks })
}
