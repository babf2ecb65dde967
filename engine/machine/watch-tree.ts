import type { FileSystem, Ino } from './file-system.ts'
import type { Machine } from './machine.ts'
import { isDirectory, isRegular, isSymlink } from './stat.ts'
import { SystemError } from './system-error.ts'
import type { TreeEntry } from './tree-entry.ts'

/** Milliseconds: changes are looked for no more often. */
const period = 100
/** A bigger tree is cut off here: nobody reads on. */
const mostEntries = 2000

/**
 * Tells the whole tree under `directory` (absolute) now and whenever it changed, at most ten times a second: parents before what is
 * in them, names in order, an empty list where there is no such directory, at most 2,000 entries. Returns how to end it.
 */
export function watchTree({ fs }: Pick<Machine, 'fs'>, directory: string, listener: (entries: TreeEntry[]) => void): () => void {
  let generation = fs.generation
  let told = listTree(fs, directory)
  listener(told)
  const timer = setInterval(() => {
    if (fs.generation === generation) return
    generation = fs.generation
    const entries = listTree(fs, directory)
    if (isSame(entries, told)) return
    told = entries
    listener(entries)
  }, period)
  return () => clearInterval(timer)
}

function listTree(fs: FileSystem, directory: string): TreeEntry[] {
  const entries: TreeEntry[] = []
  const list = (ino: Ino, prefix: string) => {
    const rows = fs.readdir(ino).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const { name, ino: child } of rows) {
      if (entries.length >= mostEntries) return
      const { mode, size, mtime } = fs.stat(child)
      const path = prefix + name
      const entry = { path, type: typeOf(mode), mode, size, mtime }
      entries.push(isSymlink(mode) ? { ...entry, target: fs.readlink(child) } : entry)
      if (isDirectory(mode)) list(child, `${path}/`)
    }
  }
  const root = find(fs, directory)
  if (root !== undefined && isDirectory(fs.stat(root).mode)) list(root, '')
  return entries
}

function find(fs: FileSystem, directory: string): Ino | undefined {
  try {
    return fs.resolve(directory).ino
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

const typeOf = (mode: number): TreeEntry['type'] =>
  isRegular(mode) ? 'file' : isDirectory(mode) ? 'directory' : isSymlink(mode) ? 'symlink' : 'other'

const isSame = (a: TreeEntry[], b: TreeEntry[]) =>
  a.length === b.length &&
  a.every((entry, i) => {
    const other = b[i]!
    return entry.path === other.path && entry.mode === other.mode && entry.size === other.size && entry.mtime === other.mtime &&
      entry.target === other.target
  })
