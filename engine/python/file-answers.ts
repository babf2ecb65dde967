/**
 * What the kernel has said about paths, for as long as the file system's generation stands still: stats, misses, listings, and the
 * compiled modules of a directory, which are brought over together.
 */
import type { Stat } from '../machine/stat.ts'
import { isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { DirectoryEntry } from './process-files.ts'

export interface FileAnswers {
  stat(kind: 'stat' | 'lstat', path: string): Stat
  getcwd(): string
  /** For a change that is this process's own and no change of the file system: the working directory. */
  moved(): void
  /** The directory's entries, with what can be known of them. */
  entries(path: string): DirectoryEntry[]
  /** A compiled module's stat and bytes. */
  compiled(path: string): { stat: Stat; bytes: Uint8Array } | undefined
}

/** What the kernel makes up anew each time it is asked. */
const VOLATILE = /^\/(?:dev|proc)(?:\/|$)/
const COMPILED = /^(.*\/__pycache__)\/([^/]+\.pyc)$/

/** `now` is the generation, undefined where nobody tells it: then nothing is remembered. */
export function createFileAnswers(kernel: KernelCalls, now: () => number | undefined): FileAnswers {
  const stats = new Map<string, Stat | SystemError>()
  const listings = new Map<string, Set<string>>()
  const modules = new Map<string, Map<string, { stat: Stat; bytes: Uint8Array }>>()
  let cwd: string | undefined
  let at: number | undefined

  /** True where what is learnt may be kept. */
  function fresh(): boolean {
    const current = now()
    if (current === undefined || current !== at) {
      stats.clear()
      listings.clear()
      modules.clear()
      cwd = undefined
    }
    at = current
    return current !== undefined
  }

  function asked(kind: 'stat' | 'lstat', path: string): Stat | SystemError {
    const slash = path.lastIndexOf('/')
    const siblings = listings.get(path.slice(0, slash) || '/')
    if (siblings && path.length > slash + 1 && !siblings.has(path.slice(slash + 1))) return new SystemError('ENOENT', path)
    try {
      return kernel[kind](path)
    } catch (error) {
      if (error instanceof SystemError) return error
      throw error
    }
  }

  return {
    stat(kind, path) {
      const keep = fresh() && !VOLATILE.test(path)
      const key = `${kind} ${path}`
      const answer = stats.get(key) ?? asked(kind, path)
      if (keep) stats.set(key, answer)
      if (answer instanceof SystemError) throw answer
      return answer
    },
    getcwd() {
      fresh()
      return cwd ??= kernel.getcwd()
    },
    moved() {
      cwd = undefined
    },
    entries(path) {
      if (!fresh() || VOLATILE.test(path)) return kernel.readdir(path)
      const { entries, stats: known } = kernel.listWhole(path)
      const directory = path === '/' ? '' : path.replace(/\/$/, '')
      if (known.length > 0) listings.set(directory || '/', new Set([...entries.map(({ name }) => name), '.', '..']))
      known.forEach((stat, index) => {
        const inside = `${directory}/${entries[index]?.name}`
        stats.set(`lstat ${inside}`, stat)
        if (!isSymlink(stat.mode)) stats.set(`stat ${inside}`, stat)
      })
      return entries
    },
    compiled(path) {
      const [, directory, name] = COMPILED.exec(path) ?? []
      if (directory === undefined || name === undefined || !fresh()) return undefined
      let found = modules.get(directory)
      if (!found?.has(name)) {
        const { files, bytes } = kernel.readModules(directory, name)
        let start = 0
        found = new Map(found)
        for (const [each, stat] of files) found.set(each, { stat, bytes: bytes.subarray(start, start += stat.size) })
        modules.set(directory, found)
      }
      return found.get(name)
    },
  }
}
