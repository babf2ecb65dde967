/**
 * Pathname expansion (POSIX XCU 2.13.3): sorted by code point; a leading period must be matched by one, `.` and `..` never match
 * (bash's globskipdots).
 */
import type { SystemCalls } from '../machine/system-calls.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { compilePattern, hasMagic } from './pattern.ts'

/** Paths that match, [] where none does. A backslash in the pattern quotes. */
export async function expandPathname(pattern: string, system: SystemCalls): Promise<string[]> {
  const components = pattern.split(/(\/+)/)
  let paths = ['']
  for (const [index, component] of components.entries()) {
    if (component === '') continue
    if (component.startsWith('/')) paths = paths.map((path) => path + component)
    else if (hasMagic(component)) {
      const isLast = index === components.length - 1
      paths = (await Promise.all(paths.map((path) => matchIn(path, component, !isLast, system)))).flat()
    } else {
      const name = component.replace(/\\([^])/g, '$1')
      paths = paths.map((path) => path + name)
      if (components.slice(0, index).some(hasMagic)) paths = await keep(paths, (path) => exists(path, system))
    }
    if (!paths.length) return []
  }
  return paths.sort(byCodePoint)
}

/** Order of LC_COLLATE=C: JavaScript's own `<` goes by UTF-16 units, which differs above U+FFFF. */
export function byCodePoint(left: string, right: string): number {
  const a = [...left]
  const b = [...right]
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i]?.codePointAt(0) ?? 0) - (b[i]?.codePointAt(0) ?? 0)
    if (difference) return difference
  }
  return a.length - b.length
}

async function matchIn(directory: string, component: string, mustBeDirectory: boolean, system: SystemCalls): Promise<string[]> {
  const expression = new RegExp(`^(?:${compilePattern(component)})$`, 'u')
  const hidden = component.startsWith('.') || component.startsWith('\\.')
  const entries = (await attempt(() => system.readdir(directory || '.'))) ?? []
  const found = entries.filter(({ name }) => (hidden || !name.startsWith('.')) && expression.test(name))
  const matching = found.filter(({ mode }) => !mustBeDirectory || isDirectory(mode) || isSymlink(mode))
  const paths = matching.map(({ name }) => directory + name)
  if (!mustBeDirectory || matching.every(({ mode }) => isDirectory(mode))) return paths
  return keep(paths, async (path) => isDirectory((await attempt(() => system.stat(path)))?.mode ?? 0))
}

const exists = async (path: string, system: SystemCalls) => (await attempt(() => system.lstat(path))) !== undefined

async function keep(paths: string[], test: (path: string) => Promise<boolean>): Promise<string[]> {
  const verdicts = await Promise.all(paths.map(test))
  return paths.filter((_, index) => verdicts[index])
}

/** A directory that cannot be read, or a name that is not there, matches nothing. */
async function attempt<T>(call: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}
