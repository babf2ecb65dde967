import type { Target } from '../packaging/target.ts'
import { createAdmissions } from './admissions.ts'
import type { Catalog } from './catalog.ts'
import { explainProof, projectsOf } from './explain-proof.ts'
import type { Package } from './package.ts'
import type { Resolved, Resolving } from './resolution.ts'
import type { ResolutionError } from './resolution-error.ts'
import { search, type Asking, type Outcome } from './search.ts'

export interface Answer {
  readonly distributions: readonly Resolved[]
  readonly rounds: number
}

type Solved = Extract<Outcome, { kind: 'solved' }>

/** The chosen, breadth first from the roots: each before what only it asks for. */
const inOrder = ({ decisions, askings }: Solved): Package[] => {
  const asks = new Map<Package | undefined, Package[]>()
  for (const [pkg, list] of askings) {
    for (const { by, choice } of list) {
      if (by !== undefined && decisions.get(by) !== choice) continue
      asks.set(by, [...asks.get(by) ?? [], pkg])
    }
  }
  const ordered = new Set<Package>(asks.get(undefined))
  for (const pkg of ordered) for (const next of asks.get(pkg) ?? []) ordered.add(next)
  return [...ordered].filter(pkg => decisions.has(pkg))
}

const rootsOf = (list: readonly Asking[] | undefined) => (list ?? []).map(({ root }) => root).filter(root => root !== undefined)

const resolvedOf = async (catalog: Catalog, solved: Solved): Promise<Resolved[]> => {
  const ordered = inOrder(solved)
  return Promise.all(ordered.filter(({ extra }) => extra === undefined).map(async pkg => {
    const { version, file } = pkg.candidates[solved.decisions.get(pkg)!]!
    const metadata = await catalog.metadata({ version, file, reserve: undefined })
    const extras = ordered.filter(each => each.listing === pkg.listing && each.extra !== undefined).map(({ extra }) => extra!)
    const name = metadata.text.get('Name')?.trim() ?? pkg.listing.name
    return { name, version, file, metadata, extras: extras.sort(), roots: rootsOf(solved.askings.get(pkg)) }
  }))
}

/**
 * Finds, for one target, versions that meet everything, wherever there are any: the newest first, in pip's order. Throws ResolutionError
 * with the reasons where there are none.
 */
export const resolveBacktracking = async (catalog: Catalog, target: Target, resolving: Resolving): Promise<Answer> => {
  const admissions = createAdmissions(resolving.prereleases)
  const progress = { rounds: 0 }
  let first: ResolutionError | undefined
  for (;;) {
    const outcome = await search(catalog, target, resolving, admissions, progress)
    if (outcome === 'again') continue
    if (outcome.kind === 'solved') return { distributions: await resolvedOf(catalog, outcome), rounds: progress.rounds }
    first ??= explainProof(outcome, target, catalog.places)
    // Where no clause by itself leaves pre-releases only, several together may.
    const opened = projectsOf(outcome.proof).filter(listing => admissions.admitPrereleases(listing))
    if (opened.length === 0) throw first
  }
}
