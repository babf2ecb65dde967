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

/** What is asked for, of an index as the target sees it or of a lock file; all that is locked where nothing is asked for. One answer for each target. */
export const resolveAll = async (
  options: Arguments, asked: AskedFor, changes: DependencyChanges, targets: readonly Target[], indexFor: (target: Target) => PackageIndex,
  home: PexHome,
): Promise<Resolution[]> => {
  const lock = await readLock(options, home)
  const { signal } = home
  const uploadedBefore = uploadLimit(options, home)
  const resolutions: Resolution[] = []
  for (const target of targets) {
    const index = indexFor(target)
    if (!lock) {
      if (asked.roots.length) resolutions.push(await resolveDistributions(options, asked, changes, target, index, { signal, uploadedBefore }))
      continue
    }
    const { files: locked, requirements } = lock(target)
    const all = requirements.map(requirement => ({ requirement, from: undefined, hashes: [] }))
    const wanted = asked.roots.length ? asked : { ...asked, roots: all }
    // What is locked is not listed by an index that tells times, as for real pex.
    resolutions.push(await resolveDistributions(options, wanted, changes, target, lockedIndex(index, locked), { signal }))
  }
  return resolutions
}
