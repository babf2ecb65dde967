import type { PackageIndex } from '../index/package-index.ts'
import type { Target } from '../packaging/target.ts'
import { lockedIndex } from '../resolver/lock-index.ts'
import type { Resolution } from '../resolver/resolution.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { readLock } from './read-lock.ts'
import type { AskedFor } from './read-requirements.ts'
import { resolveDistributions, type DependencyChanges } from './resolve-distributions.ts'
import { uploadLimit } from './upload-limit.ts'

/** What is asked for, of the index or of a lock file; all that is locked where nothing is asked for. One answer for each target. */
export const resolveAll = async (
  options: Arguments, asked: AskedFor, changes: DependencyChanges, targets: readonly Target[], index: PackageIndex, home: PexHome,
): Promise<Resolution[]> => {
  const lock = await readLock(options, home)
  const { signal } = home
  const uploadedBefore = uploadLimit(options, home)
  // What is locked is not listed by an index that tells times, as for real pex.
  if (!lock) return asked.roots.length ? resolveDistributions(options, asked, changes, targets, index, { signal, uploadedBefore }) : []
  const resolutions: Resolution[] = []
  for (const target of targets) {
    const { files: locked, requirements } = lock(target)
    const all = requirements.map(requirement => ({ requirement, from: undefined, hashes: [] }))
    const wanted = asked.roots.length ? asked : { ...asked, roots: all }
    resolutions.push(...await resolveDistributions(options, wanted, changes, [target], lockedIndex(index, locked), { signal }))
  }
  return resolutions
}
