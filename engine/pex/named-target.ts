import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { parseCompletePlatform, pyodideTarget, type Target } from '../packaging/target.ts'
import { assumedLinux } from './assumed-linux.ts'
import { PexError } from './pex-error.ts'

/** A target, and the flags with which pex builds for it. */
export interface NamedTarget {
  target: Target
  flags: readonly string[]
}

export interface TargetNames {
  /** The text of a file, for a complete platform that is in one. */
  readText(path: string): Promise<string>
  /** The target of the Python that is at hand, where there is one. */
  machine?: Target
}

/**
 * The target that a word names: `browser` or `this browser`; `machine`, `this machine` or, as `--platform` calls it,
 * `current`; a complete platform, as JSON or as the path of
 * a `.json` file; else a platform such as `manylinux2014_x86_64-cp-312-cp312`. Throws PackagingError or PexError.
 */
export const namedTarget = async (name: string, { readText, machine }: TargetNames): Promise<NamedTarget> => {
  const named = name.replace(/^this[ -]/, '')
  if (named === 'browser') return { target: pyodideTarget(), flags: ['--complete-platform', 'browser.json'] }
  if (named === 'machine' || named === 'current') {
    if (!machine) throw new PexError('what this machine takes is not known here: name a platform, or a complete platform in a .json file')
    return { target: { ...machine, description: 'this machine' }, flags: [] }
  }
  if (name.trimStart().startsWith('{')) return { target: parseCompletePlatform(name), flags: ['--complete-platform', 'FILE.json'] }
  if (name.endsWith('.json')) return { target: parseCompletePlatform(await readText(name)), flags: ['--complete-platform', name] }
  return { target: parseAbbreviatedPlatform(assumedLinux(name)), flags: ['--platform', name] }
}
