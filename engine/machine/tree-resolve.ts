/** Pathname resolution: POSIX.1-2024, base definitions 4.16, with Linux's limits and errors (path_resolution(7)). */
import type { Resolved, ResolveOptions } from './file-system.ts'
import { permits } from './permits.ts'
import { isDirectory, isSymlink } from './stat.ts'
import { SystemError } from './system-error.ts'
import { findEntry } from './tree-directory.ts'
import type { Inode } from './tree-inode.ts'

/** Bytes, the terminating NUL included. */
const PATH_MAX = 4096
const NAME_MAX = 255
const MAXSYMLINKS = 40

/** Whether the text takes more than `limit` bytes in UTF-8. */
const exceeds = (text: string, limit: number) => text.length * 3 > limit && new TextEncoder().encode(text).length > limit
export const isNameTooLong = (name: string) => exceeds(name, NAME_MAX)

export const resolvePath = (get: (ino: number) => Inode, root: number, path: string, options: ResolveOptions = {}): Resolved => {
  const { cwd = '/', follow = true, takesName = false, cred } = options
  const fail = (code: 'ENOENT' | 'ENOTDIR' | 'EACCES' | 'ELOOP' | 'ENAMETOOLONG' | 'EINVAL') => new SystemError(code, path)
  if (path === '') throw fail('ENOENT')
  if (path.includes('\0')) throw fail('EINVAL')
  if (exceeds(path, PATH_MAX - 1)) throw fail('ENAMETOOLONG')

  let here = get(root)
  /** Absolute path of `here`, '' for the root. */
  let trail = ''
  if (!path.startsWith('/') && cwd !== '/') {
    const start = resolvePath(get, root, cwd)
    if (start.ino === undefined) throw fail('ENOENT')
    here = get(start.ino)
    trail = start.path === '/' ? '' : start.path
  }

  let rest = path
  let at = pastSlashes(rest, 0)
  let links = 0
  let mustBeDirectory = false
  while (at < rest.length) {
    const slash = rest.indexOf('/', at)
    const end = slash < 0 ? rest.length : slash
    const name = rest.slice(at, end)
    const next = pastSlashes(rest, end)
    const isLast = next === rest.length
    mustBeDirectory = next > end || name === '.' || name === '..'

    if (!isDirectory(here.mode)) throw fail('ENOTDIR')
    if (cred !== undefined && !permits(here, 1, cred)) throw fail('EACCES')
    at = next
    if (name === '.') continue
    if (name === '..') {
      here = get(here.parent)
      trail = trail.slice(0, Math.max(0, trail.lastIndexOf('/')))
      continue
    }
    if (isNameTooLong(name)) throw fail('ENAMETOOLONG')
    const entry = findEntry(here, name)
    if (entry === undefined) {
      if (!isLast) throw fail('ENOENT')
      return { parent: here.key, name, ino: undefined, path: `${trail}/${name}`, mustBeDirectory }
    }
    const inode = get(entry.ino)
    if (isSymlink(inode.mode) && (!isLast || (!takesName && (follow || mustBeDirectory)))) {
      if (++links > MAXSYMLINKS) throw fail('ELOOP')
      rest = inode.target + rest.slice(end)
      at = pastSlashes(rest, 0)
      if (rest.startsWith('/')) {
        here = get(root)
        trail = ''
      }
      continue
    }
    if (!isDirectory(inode.mode)) {
      if (!isLast || mustBeDirectory) throw fail('ENOTDIR')
      return { parent: here.key, name, ino: entry.ino, path: `${trail}/${name}`, mustBeDirectory }
    }
    here = inode
    trail = `${trail}/${name}`
  }
  const name = trail.slice(trail.lastIndexOf('/') + 1)
  return { parent: here.parent, name, ino: here.key, path: trail === '' ? '/' : trail, mustBeDirectory: mustBeDirectory || trail === '' }
}

const SLASH = 0x2f
const pastSlashes = (text: string, from: number) => {
  let at = from
  while (text.charCodeAt(at) === SLASH) at++
  return at
}
