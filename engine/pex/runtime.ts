import type { Wheel } from '../install/wheel.ts'
import type { EntryScripts } from '../install/entry-scripts.ts'
import { knownVersions } from './known-versions.ts'
import { PexError } from './pex-error.ts'
import { formatTemplate, templateAfter } from './python-template.ts'

/** A pex wheel: what it puts into every PEX that it makes. */
export interface Runtime {
  /** Opened when it is first asked for. */
  wheel(): Promise<Wheel>
  version: string
  /** The Python text of one of its modules, by its path below `pex/`. */
  source(path: string): Promise<string>
  scripts: EntryScripts
}

/** Where a runtime comes from. */
export interface RuntimeWheel {
  readonly fileName: string
  readonly open: () => Promise<Wheel>
  /** Texts of modules by their paths below `pex/`, as far as they are at hand already. */
  readonly texts?: Readonly<Record<string, string>>
}

const versionIn = (source: string): string | undefined => /^__version__ = "([^"]+)"$/m.exec(source)?.[1]

/**
 * A pex wheel as the source of a runtime. Throws PexError if it is none; `warn` is told of a version that nothing is known of: its
 * templates are read all the same, and refused where they have changed beyond reading.
 */
export const openRuntime = async (
  { fileName, open, texts = {} }: RuntimeWheel, warn: (message: string) => void = () => {},
): Promise<Runtime> => {
  let opened: Promise<Wheel> | undefined
  const wheel = () => opened ??= open()
  const source = async (path: string) => {
    const known = texts[path]
    if (known !== undefined) return known
    const bytes = await (await wheel()).read(`pex/${path}`)
    if (!bytes) throw new PexError(`${fileName} has no pex/${path}: it is not a pex wheel that can be used as a runtime`)
    return new TextDecoder().decode(bytes)
  }
  const version = versionIn(await source('version.py'))
  if (!version) throw new PexError(`${fileName} does not say its version in pex/version.py`)
  if (!knownVersions.includes(version)) warn(`pex ${version} is not one of the versions known to work: ${knownVersions.join(', ')}.`)
  const entryPoints = await source('entry_points_txt.py')
  const callable = templateAfter(entryPoints, 'isinstance(entry_point, CallableEntryPoint)')
  const afterCallable = entryPoints.slice(entryPoints.indexOf('else:', entryPoints.indexOf('attrs=entry_point.attrs')))
  const module = templateAfter(afterCallable, 'else:')
  const shebang = '#!python'
  return {
    wheel,
    version,
    source,
    scripts: {
      callable: (modname, attrs) => formatTemplate(callable, { shebang, modname, attrs }),
      module: (modname) => formatTemplate(module, { shebang, modname }),
    },
  }
}
