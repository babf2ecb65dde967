import { normalizeName } from '../packaging/project-name.ts'
import { resolveBacktracking } from './backtracking.ts'
import { createCatalog, createFetching } from './catalog.ts'
import { checkHashMode } from './hash-mode.ts'
import { resolveLegacy } from './legacy.ts'
import type { Resolution, Resolve, Root } from './resolution.ts'

/** What files of a project are wanted: `--hash` of requirements and constraints, where all that name hashes agree. */
const wantedHashes = (roots: readonly Root[]): Map<string, readonly string[]> => {
  const wanted = new Map<string, readonly string[]>()
  for (const { requirement, hashes } of roots) {
    if (hashes.length === 0) continue
    const name = normalizeName(requirement.name)
    const before = wanted.get(name)
    const own = hashes.map(hash => hash.toLowerCase())
    wanted.set(name, before === undefined ? own : own.filter(hash => before.includes(hash)))
  }
  return wanted
}

/** See `Resolve`. Errors of the indexes pass through as they are. */
export const resolve: Resolve = async (index, targets, resolving) => {
  const fetching = createFetching(index)
  const hashes = wantedHashes([...resolving.roots, ...resolving.constraints])
  const resolutions: Resolution[] = []
  for (const target of targets) {
    const before = fetching.fetches()
    const catalog = createCatalog(fetching, target, hashes, resolving)
    const answer = await (resolving.method === 'legacy' ? resolveLegacy : resolveBacktracking)(catalog, target, resolving)
    checkHashMode(answer.distributions, target, resolving)
    resolutions.push({ ...answer, fetches: fetching.fetches() - before })
  }
  return resolutions
}
