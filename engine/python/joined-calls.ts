/** Calls that do what a process would need several system calls for, in one round trip. protocol.ts says what they are. */
import { joinBytes } from '../bytes/join-bytes.ts'
import { signals } from '../machine/signals.ts'
import type { Stat } from '../machine/stat.ts'
import { isRegular } from '../machine/stat.ts'
import type { SpawnRequest, SystemCalls } from '../machine/system-calls.ts'
import { O_ACCMODE, O_CREAT, O_DIRECTORY, O_EXCL, O_RDONLY, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { directoryOf } from './directory-of.ts'
import { LISTED, MODULES, WHOLE_FILE, type Listing } from './protocol.ts'

/** An answer with bytes behind it. */
export class WithBytes {
  constructor(readonly head: object, readonly bytes: Uint8Array) {}
}

/** Signals that CPython ignores from its start (Py_Initialize). */
export const ignoredByPython = [signals.SIGPIPE]

/** `changes`: the log that change-log.ts describes. */
export function joinedCalls(system: SystemCalls, changes: Int32Array | undefined) {
  /** A symbolic link that leads nowhere is a name too. */
  async function isName(path: string): Promise<boolean> {
    try {
      return Boolean(await system.lstat(path))
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }

  /** The place is asked for first: what changes while the stats are gathered is marked behind it. */
  async function entered(paths: string[]) {
    const at = changes && Atomics.load(changes, 0)
    const stats: [string, Stat][] = []
    for (const path of paths) {
      try {
        stats.push([path, await system.stat(path)])
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
      }
    }
    return { at, stats }
  }

  async function listed(path: string): Promise<Listing> {
    const { ino } = await system.stat(path)
    const entries = await system.readdir(path)
    try {
      const stats = entries.length <= LISTED ? await system.readdirStats(path) : []
      // A process that is stopped between the two may find another directory afterwards.
      return { ino, entries, stats: entries.every((entry, index) => entry.ino === stats[index]?.ino) ? stats : [] }
    } catch (error) {
      // A directory that may be read but not searched: the names are the answer.
      if (!(error instanceof SystemError)) throw error
      return { ino, entries, stats: [] }
    }
  }

  return {
    async mkdirWhole(path: string, mode: number, paths: string[]) {
      await system.mkdir(path, mode)
      return entered(paths)
    },

    async renameWhole(from: string, to: string, paths: string[]) {
      await system.rename(from, to)
      return entered(paths)
    },

    async lookUp(path: string, follow: boolean): Promise<Stat | undefined> {
      try {
        return await (follow ? system.stat(path) : system.lstat(path))
      } catch (error) {
        if (!(error instanceof SystemError) || error.code !== 'ENOENT' || await isName(path)) throw error
        // Fails in its turn where there is no directory.
        await system.stat(directoryOf(path))
        return undefined
      }
    },

    async openWhole(path: string, flags: number, mode: number, here: boolean) {
      const fd = await system.open(path, flags, mode)
      if (flags & O_CREAT) {
        const { at, stats } = await entered([directoryOf(path)])
        return { fd, stat: await system.fstat(fd), at, directory: stats[0]?.[1] }
      }
      const stat = await system.fstat(fd)
      if (flags & O_DIRECTORY && !here) return { fd, stat, listing: await listed(path) }
      if (here || (flags & O_ACCMODE) !== O_RDONLY || !isRegular(stat.mode) || stat.size === 0 || stat.size > WHOLE_FILE) return { fd, stat }
      return new WithBytes({ fd, stat }, await system.pread(fd, stat.size, 0))
    },

    /** In one turn where the machine's files do not wait, as they do not: nobody sees it half made. */
    makeFile(path: string, mode: number, bytes: Uint8Array): void | Promise<void> {
      const fd = system.open(path, O_CREAT | O_EXCL | O_WRONLY, mode)
      if (typeof fd !== 'number') return fd.then(system.close)
      const written = system.write(fd, bytes)
      if (written instanceof Promise) return written.then(() => system.close(fd))
      return system.close(fd)
    },

    listWhole: listed,

    async readModules(directory: string, first: string) {
      try {
        const entries = (await system.readdir(directory)).map(({ name }) => name)
        const names = entries.slice(Math.max(entries.indexOf(first), 0)).filter(name => name.endsWith('.pyc'))
        const files = await system.readFiles(directory, names, MODULES)
        return new WithBytes({ files: files.map(({ name, stat }) => [name, stat]), entries }, joinBytes(files.map(({ bytes }) => bytes)))
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        return new WithBytes({ files: [] }, new Uint8Array(0))
      }
    },

    async receive(fd: number, length: number, flags?: number) {
      const { bytes, ...head } = await system.receive(fd, length, flags)
      return new WithBytes(head, bytes)
    },

    async spawnChild(request: SpawnRequest, restore: boolean) {
      if (!restore) return system.spawn(request)
      const old = await Promise.all(ignoredByPython.map(signal => system.sigaction(signal, 'default')))
      try {
        return await system.spawn(request)
      } finally {
        await Promise.all(ignoredByPython.map((signal, index) => system.sigaction(signal, old[index] ?? 'default')))
      }
    },
  }
}
