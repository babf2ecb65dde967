import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { parseCompletePlatform, pyodideTarget, type Target } from '../packaging/target.ts'
import { assumedLinux } from './assumed-linux.ts'
import { PexError } from './pex-error.ts'

/** A target, and the flags with which pex builds for it. */
export interface NamedTarget {
  target: Target
  flags: readonly string[]
  /** What more there is to say about the flags: what a name was taken for, where a file comes from. */
  assumed?: string
}

/** The browser that this runs in, or would. */
export const thisBrowser = (): NamedTarget => ({
  target: pyodideTarget(),
  flags: ['--complete-platform', 'browser.json'],
  assumed: 'In a terminal of this browser, pex3 interpreter inspect --markers --tags > browser.json writes that file.',
})

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
  if (named === 'browser') return thisBrowser()
  if (named === 'machine' || named === 'current') {
    if (!machine) throw new PexError('what this machine takes is not known here: name a platform, or a complete platform in a .json file')
    const python = machine.markers.python_version
    return { target: { ...machine, description: `this machine${python === undefined ? '' : `, Python ${python}`}` }, flags: [] }
  }
  if (name.trimStart().startsWith('{')) return { target: parseCompletePlatform(name), flags: ['--complete-platform', 'FILE.json'] }
  if (name.endsWith('.json')) return { target: parseCompletePlatform(await readText(name)), flags: ['--complete-platform', name] }
  const linux = assumedLinux(name)
  const target = parseAbbreviatedPlatform(linux)
  if (linux === name) return { target, flags: ['--platform', name] }
  const assumed = `${name} was taken for ${linux}: a newer glibc has to be named, as in ${assumedLinux(name, 'manylinux_2_28')}.`
  return { target, flags: ['--platform', name], assumed }
}
