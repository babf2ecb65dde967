import { fileUrl } from '../index/direct-file.ts'
import { parsePylock } from '../packaging/parse-pylock.ts'
import { parseRequirement, type Requirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import { formatVersion, type Version } from '../packaging/version.ts'
import { lockedFiles, type LockedFile } from '../resolver/lock-index.ts'
import { parsePexLock, selectPexLocked } from '../resolver/lock-pex.ts'
import { selectLocked, type LockSelection } from '../resolver/lock-selection.ts'
import { FileProblem } from './file-problem.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import { checkMappings, readPathMappings, withPaths } from './path-mappings.ts'
import type { PexHome } from './pex-home.ts'
import { PexError } from '../pex/pex-error.ts'

const readText = async (path: string, home: PexHome) => new TextDecoder().decode(await home.files.read(path))

/** What a lock file holds for a target. */
export interface LockedFor {
  readonly files: readonly LockedFile[]
  /** What is asked for where the command line asks for nothing: what the lock was made of, else each version that it holds. */
  readonly requirements: readonly Requirement[]
}

/** As `packaging` shortens versions: `4.3.0` is `4.3`. */
const shortened = (version: Version): Version => {
  const last = version.release.findLastIndex(number => Number(number) !== 0)
  return { ...version, release: version.release.slice(0, Math.max(last, 0) + 1) }
}

const exactly = ({ locked: { name, version } }: LockSelection): Requirement =>
  parseRequirement(version === undefined ? name : `${name}==${formatVersion(shortened(version))}`)

/** What the lock file of `--lock` or `--pylock` holds; undefined where neither was given. Throws FileProblem and PexError. */
export const readLock = async (options: Arguments, home: PexHome): Promise<((target: Target) => LockedFor) | undefined> => {
  const [pexLock, pylock] = [options.value('lock'), options.value('pylock')]
  if (pylock !== undefined) {
    const lock = parsePylock(await readText(pylock, home))
    const groups = options.values('pylock_dependency_groups')
    const base = fileUrl(absolutePath(pylock, home.directory))
    const selection = { extras: options.values('pylock_extras'), ...(groups.length ? { groups } : {}) }
    return target => {
      const selected = selectLocked(lock, target, selection)
      return { files: lockedFiles(selected, target, base), requirements: selected.map(exactly) }
    }
  }
  if (pexLock === undefined) return undefined
  const mappings = readPathMappings(options)
  const text = await readText(pexLock, home).catch((error: unknown) => {
    if (error instanceof FileProblem) throw new PexError(`Failed to read lock file at ${pexLock}: ${error.message}`)
    throw error
  })
  const lock = parsePexLock(text, names => {
    checkMappings(pexLock, names, mappings)
    return each => withPaths(each, mappings)
  })
  return target => ({ files: selectPexLocked(lock, target), requirements: lock.requirements })
}
