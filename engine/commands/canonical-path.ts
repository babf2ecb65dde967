import { isDirectory, isSymlink } from '../machine/stat.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'

/** Which components of a path have to exist: all, all but the last, or none (gnulib's canonicalize_filename_mode). */
export type MustExist = 'all' | 'all but last' | 'none'

/**
 * The absolute path of `path`, without `.`, `..` and double slashes, and without symlinks unless `keepLinks`. Throws a SystemError where a
 * component that has to exist is missing, or is no directory.
 */
export async function canonicalPath(system: SystemCalls, path: string, mustExist: MustExist, keepLinks = false): Promise<string> {
  if (path === '') throw new SystemError('ENOENT', path)
  const rest = (path.startsWith('/') ? path : `${await system.getcwd()}/${path}`).split('/').filter(Boolean)
  let done: string[] = []
  let links = 0
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === '.') continue
    if (part === '..') {
      done.pop()
      continue
    }
    const here = `/${[...done, part].join('/')}`
    try {
      const { mode } = keepLinks ? await system.stat(here) : await system.lstat(here)
      if (isSymlink(mode)) {
        if (++links > 40) throw new SystemError('ELOOP', path)
        const target = await system.readlink(here)
        if (target.startsWith('/')) done = []
        rest.unshift(...target.split('/').filter(Boolean))
        continue
      }
      const isLast = rest.every((next) => next === '.')
      if ((!isLast || path.endsWith('/')) && !isDirectory(mode) && mustExist !== 'none') throw new SystemError('ENOTDIR', path)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      const allowed = mustExist === 'none' || (mustExist === 'all but last' && error.code === 'ENOENT' && rest.length === 0)
      if (!allowed) throw error
    }
    done.push(part)
  }
  return `/${done.join('/')}`
}
