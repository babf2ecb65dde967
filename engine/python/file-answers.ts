/**
 * What the kernel has said about paths, for as long as it is true: stats, misses, links, listings, and the compiled modules of a directory,
 * which are brought over together.
 */
import { nameMark } from '../machine/change-log.ts'
import type { Stat } from '../machine/stat.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import type { KernelCalls } from './call-kernel.ts'
import type { FileChanges } from './file-changes.ts'
import type { DirectoryEntry } from './process-files.ts'
import type { Listing } from './protocol.ts'

export interface FileAnswers {
  stat(kind: 'stat' | 'lstat', path: string): Stat
  /** What is known without a question. */
  known(path: string): Stat | undefined
  /** What opening the path has told, at that moment. */
  learn(path: string, stat: Stat, moment: number): void
  readlink(path: string): string
  /** True where it is known without a question that there is no such file. */
  missing(path: string): boolean
  getcwd(): string
  /** For a change that is this process's own and no change of the file system: the working directory. */
  moved(): void
  /** The inode of the directory in which this new name can be made: nothing is there, and `may` says yes to the directory's stat. */
  placeFor(path: string, may: (directory: Stat) => boolean): number | undefined
  /** A directory that was made at this moment or later: what is in it came after. */
  learnEmpty(path: string, moment: number): void
  /** The directory's entries, with what can be known of them. */
  entries(path: string): DirectoryEntry[]
  /** Whether the directory's entries are known without a question. */
  isListed(path: string): boolean
  /** What listing the directory has told, at that moment. */
  learnListing(path: string, listing: Listing, moment: number): void
  /** A compiled module's stat and bytes. */
  compiled(path: string): { stat: Stat; bytes: Uint8Array } | undefined
  /** As if nothing had been asked yet. */
  forget(): void
}

/** True from `moment` until `mark` changes: the inode of what is there, or the name of what is not. */
interface Known<T> {
  moment: number
  mark: number
  value: T
}

/** What the kernel makes up anew each time it is asked, and paths that depend on more than their names. */
const VOLATILE = /^\/(?:dev|proc)(?:\/|$)|\/\.\.(?:\/|$)|\/$/
/** Paths of one kind that are remembered: then it starts again. */
const MOST = 20_000

export function createFileAnswers(kernel: KernelCalls, changes: FileChanges): FileAnswers {
  const stats = { stat: new Map<string, Known<Stat | undefined>>(), lstat: new Map<string, Known<Stat | undefined>>() }
  const links = new Map<string, Known<string>>()
  const listings = new Map<string, Known<DirectoryEntry[]>>()
  /** Names that were in a directory: any other was not. */
  const names = new Map<string, { moment: number; names: Set<string> }>()
  const modules = new Map<string, Map<string, Known<{ stat: Stat; bytes: Uint8Array } | undefined>>>()
  /** Directories in which this process may make files. */
  const places = new Map<string, Known<true>>()
  /** How many names were asked for, by directory. */
  const askedIn = new Map<string, number>()
  let cwd: { moment: number; path: string } | undefined

  function current<T>(map: Map<string, Known<T>>, key: string): Known<T> | undefined {
    const known = map.get(key)
    return known && changes.moment() !== undefined && !changes.after(known.moment, known.mark) ? known : undefined
  }

  function keep<T>(map: Map<string, Known<T>>, key: string, known: Known<T>) {
    if (map.size >= MOST) map.clear()
    map.set(key, known)
  }

  function isAbsent(directory: string, name: string): boolean {
    const known = names.get(directory)
    return known !== undefined && !known.names.has(name) && changes.moment() !== undefined && !changes.after(known.moment, nameMark(name))
  }

  function split(path: string): [directory: string, name: string] {
    const slash = path.lastIndexOf('/')
    return [path.slice(0, slash) || '/', path.slice(slash + 1)]
  }

  /** What is there, if that is known; fails where it is known that nothing is. */
  function remembered(kind: 'stat' | 'lstat', path: string): Stat | undefined {
    const known = current(stats[kind], path)
    if (known?.value) return known.value
    if (known || answers.missing(path)) throw new SystemError('ENOENT', path)
    const file = answers.known(split(path)[0])
    if (file && !isDirectory(file.mode)) throw new SystemError('ENOTDIR', path)
    return undefined
  }

  /** Who asks for a second name in a directory will ask for more: it is listed, with all that can be known of what is in it. */
  function isSecondIn(directory: string): boolean {
    if (askedIn.size >= MOST) askedIn.clear()
    const asked = askedIn.get(directory) ?? 0
    askedIn.set(directory, asked + 1)
    if (asked !== 1 || VOLATILE.test(directory) || changes.moment() === undefined) return false
    try {
      return answers.entries(directory).length > 0
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }

  const answers: FileAnswers = {
    forget() {
      for (const map of [stats.stat, stats.lstat, links, listings, names, modules, places, askedIn]) map.clear()
      cwd = undefined
    },
    stat(kind, path) {
      const known = remembered(kind, path)
      if (known) return known
      if (isSecondIn(split(path)[0])) {
        const listed = remembered(kind, path)
        if (listed) return listed
      }
      const moment = changes.moment()
      const found = kernel.lookUp(path, kind === 'stat')
      if (moment !== undefined && !VOLATILE.test(path))
        keep(stats[kind], path, { moment, mark: found?.ino ?? nameMark(split(path)[1]), value: found })
      if (!found) throw new SystemError('ENOENT', path)
      return found
    },
    known: path => current(stats.stat, path)?.value,
    learn(path, stat, moment) {
      if (!VOLATILE.test(path)) keep(stats.stat, path, { moment, mark: stat.ino, value: stat })
    },
    readlink(path) {
      const known = current(links, path)
      if (known) return known.value
      const { ino } = answers.stat('lstat', path)
      const moment = changes.moment()
      const value = kernel.readlink(path)
      if (moment !== undefined && !VOLATILE.test(path)) keep(links, path, { moment, mark: ino, value })
      return value
    },
    missing(path) {
      const [directory, name] = split(path)
      if (name === '') return false
      const known = current(stats.stat, path)
      return known ? known.value === undefined : isAbsent(directory, name)
    },
    getcwd() {
      const moment = changes.moment()
      if (cwd && moment !== undefined && !changes.after(cwd.moment, 0)) return cwd.path
      const path = kernel.getcwd()
      cwd = moment === undefined ? undefined : { moment, path }
      return path
    },
    moved() {
      cwd = undefined
    },
    placeFor(path, may) {
      if (VOLATILE.test(path) || !answers.missing(path)) return undefined
      const [directory] = split(path)
      const known = places.get(directory)
      if (known && !changes.afterByOthers(known.moment, known.mark)) return known.mark
      const moment = changes.moment()
      const stat = answers.known(directory)
      if (moment === undefined || !stat || !isDirectory(stat.mode) || !may(stat)) return undefined
      keep(places, directory, { moment, mark: stat.ino, value: true })
      return stat.ino
    },
    learnEmpty(path, moment) {
      if (!VOLATILE.test(path)) names.set(path, { moment, names: new Set(['.', '..']) })
    },
    entries(path) {
      const moment = changes.moment()
      if (moment === undefined || VOLATILE.test(path)) return kernel.readdir(path)
      const known = current(listings, path)
      if (known) return known.value
      const listing = kernel.listWhole(path)
      answers.learnListing(path, listing, moment)
      return listing.entries
    },
    isListed: path => current(listings, path) !== undefined,
    learnListing(path, { ino, entries, stats: found }, moment) {
      if (VOLATILE.test(path)) return
      keep(listings, path, { moment, mark: ino, value: entries })
      if (found.length > 0) names.set(path, { moment, names: new Set([...entries.map(({ name }) => name), '.', '..']) })
      found.forEach((stat, index) => {
        const inside = `${path}/${entries[index]?.name}`
        keep(stats.lstat, inside, { moment, mark: stat.ino, value: stat })
        if (!isSymlink(stat.mode)) keep(stats.stat, inside, { moment, mark: stat.ino, value: stat })
      })
    },
    compiled(path) {
      if (!path.endsWith('.pyc')) return undefined
      const [directory, name] = split(path)
      const moment = changes.moment()
      if (!directory.endsWith('/__pycache__') || moment === undefined) return undefined
      const known = modules.get(directory) ?? new Map<string, Known<{ stat: Stat; bytes: Uint8Array } | undefined>>()
      const module = current(known, name)
      if (module || answers.missing(path)) return module?.value
      modules.set(directory, known)
      const { files, bytes, entries } = kernel.readModules(directory, name)
      known.set(name, { moment, mark: nameMark(name), value: undefined })
      let start = 0
      for (const [each, stat] of files) known.set(each, { moment, mark: stat.ino, value: { stat, bytes: bytes.subarray(start, start += stat.size) } })
      if (entries) names.set(directory, { moment, names: new Set([...entries, '.', '..']) })
      return known.get(name)?.value
    },
  }
  return answers
}
