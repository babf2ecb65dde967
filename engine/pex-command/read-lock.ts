import { fileUrl } from '../index/direct-file.ts'
import { parsePylock } from '../packaging/parse-pylock.ts'
import type { Target } from '../packaging/target.ts'
import { lockedFiles, type LockedFile } from '../resolver/lock-index.ts'
import { parsePexLock, selectPexLocked } from '../resolver/lock-pex.ts'
import { selectLocked } from '../resolver/lock-selection.ts'
import { FileProblem } from './file-problem.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { PexError } from '../pex/pex-error.ts'

const readText = async (path: string, home: PexHome) => new TextDecoder().decode(await home.files.read(path))

/** What the lock file of `--lock` or `--pylock` holds for a target; undefined where neither was given. Throws FileProblem and PexError. */
export const readLock = async (options: Arguments, home: PexHome): Promise<((target: Target) => readonly LockedFile[]) | undefined> => {
  const [pexLock, pylock] = [options.value('lock'), options.value('pylock')]
  if (pylock !== undefined) {
    const lock = parsePylock(await readText(pylock, home))
    const groups = options.values('pylock_dependency_groups')
    const base = fileUrl(absolutePath(pylock, home.directory))
    return target => lockedFiles(selectLocked(lock, target, { extras: options.values('pylock_extras'), ...(groups.length ? { groups } : {}) }), target, base)
  }
  if (pexLock === undefined) return undefined
  const text = await readText(pexLock, home).catch((error: unknown) => {
    if (error instanceof FileProblem) throw new PexError(`Failed to read lock file at ${pexLock}: ${error.message}`)
    throw error
  })
  const lock = parsePexLock(text)
  return target => selectPexLocked(lock, target)
}
