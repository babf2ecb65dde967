/** Which files zip takes: names and directories to walk, through the -i and -x patterns. */
import type { Process } from '../machine/process.ts'
import { isDirectory, isRegular, isSymlink, type Stat } from '../machine/stat.ts'
import { lookUp } from './zip-extract.ts'
import type { ZipOptions } from './zip-options.ts'
import { compilePattern } from './zip-pattern.ts'

export interface Found {
  /** To open it by. '-' is standard input. */
  path: string
  /** In the archive; a directory's ends in a slash. */
  name: string
  stat: Stat | undefined
}

export interface Collected {
  found: Found[]
  /** Warnings in their order, without `zip warning: `. */
  warnings: string[]
  /** Two files that would have the same name in the archive. */
  clash: [first: string, second: string, name: string] | undefined
}

/** As zip stores a path: without `./` and leading slashes; with -j its last part alone. */
const storedName = (path: string, junkPaths: boolean): string => {
  const name = path.replace(/^(?:\.?\/+)+/, '').replace(/\/+$/, '')
  return junkPaths ? name.slice(name.lastIndexOf('/') + 1) : name === '.' ? '' : name
}

export async function collectFiles(
  process: Process,
  options: ZipOptions,
  names: readonly string[],
  archive: Stat | undefined,
): Promise<Collected> {
  const found = new Map<string, Found>()
  const collected: Collected = { found: [], warnings: [], clash: undefined }
  const include = options.include.map((pattern) => compilePattern(pattern))
  const exclude = options.exclude.map((pattern) => compilePattern(pattern))
  const passes = (name: string) =>
    (include.length === 0 || include.some((matches) => matches(name))) && !exclude.some((matches) => matches(name))

  const take = (path: string, name: string, stat: Stat | undefined) => {
    if (!passes(name)) return
    const twin = found.get(name)
    if (twin && twin.path !== path) collected.clash ??= [...([twin.path, path].sort() as [string, string]), name]
    found.set(name, { path, name, stat })
  }

  const visit = async (path: string): Promise<void> => {
    await process.breathe()
    const stat = await lookUp(process, path, !options.keepLinks)
    if (!stat || (!isDirectory(stat.mode) && path.endsWith('/'))) {
      collected.warnings.push(`name not matched: ${path}`)
      return
    }
    if (archive && stat.ino === archive.ino && stat.dev === archive.dev) return
    const name = storedName(path, options.junkPaths)
    if (isRegular(stat.mode) || isSymlink(stat.mode)) take(path, name, stat)
    else if (isDirectory(stat.mode)) {
      if (!options.noDirectories && !options.junkPaths && name !== '') take(path, `${name}/`, stat)
      if (!options.recurse) return
      const prefix = path === '.' ? '' : `${path.replace(/\/+$/, '')}/`
      for (const entry of await process.system.readdir(path)) await visit(prefix + entry.name)
    } else collected.warnings.push(`ignoring special file: ${path}`)
  }

  for (const name of names) {
    if (name === '-') take('-', '-', undefined)
    else await visit(name)
  }
  collected.found = [...found.values()]
  return collected
}
