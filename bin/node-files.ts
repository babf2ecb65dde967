/** Files of this machine. */
import { constants, fstatSync, openSync } from 'node:fs'
import { access, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isMissing } from '../engine/pex-command/file-problem.ts'
import type { FoundEntry, PexFiles } from '../engine/pex-command/pex-home.ts'
import { asFileProblem } from './as-file-problem.ts'
import { fileIdentity } from './file-identity.ts'
import { readAt } from './read-at.ts'
import { writeParts } from './write-parts.ts'

/** What the system refuses as a FileProblem of `path`. */
const of = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw asFileProblem(error, path)
  }
}

const kindOf = (entry: { isFile(): boolean; isDirectory(): boolean }): FoundEntry['kind'] => (entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other')

const attempt = async <T>(path: string, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await of(path, work)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const writable = (mode: number) => mode & ~process.umask()

/** Where a file stands in the way, what is written next says so. */
const makeParents = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

/** A name beside a path that nothing has. */
const beside = (path: string) => join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`)

/** Relative paths are seen from `directory`; messages name them as they were given. */
export const nodeFiles = (directory: string): PexFiles => {
  const at = (path: string) => resolve(directory, path)
  return {
    read: path => of(path, async () => new Uint8Array(await readFile(at(path)))),
    // Closed when the process ends: a PEX is read from its wheels until it is written.
    open: path => of(path, async () => {
      const file = openSync(at(path), 'r')
      const { size } = fstatSync(file)
      return {
        size,
        read: (offset: number, length: number, room?: Uint8Array) => {
          const wanted = Math.min(length, Math.max(size - offset, 0))
          return readAt(file, room && room.length >= wanted ? room.subarray(0, wanted) : new Uint8Array(wanted), offset)
        },
      }
    }),
    kind: async path => {
      const found = await attempt(path, () => stat(at(path)))
      return found && kindOf(found)
    },
    isExecutable: async path => {
      try {
        await access(at(path), constants.X_OK)
        return ((await stat(at(path))).mode & 0o100) !== 0
      } catch {
        return false
      }
    },
    onDisk: path => of(path, async () => {
      const { mode, mtimeMs } = await stat(at(path))
      return { mode, modified: mtimeMs }
    }),
    list: path => of(path, async () => (await readdir(at(path), { withFileTypes: true })).map(entry => ({ name: entry.name, kind: kindOf(entry) }))),
    realPath: path => of(path, () => realpath(at(path))),
    writeInto: (path, bytes) => of(path, () => writeFile(at(path), bytes)),
    write: (path, chunks, mode) => of(path, async () => {
      const draft = beside(at(path))
      await makeParents(draft)
      try {
        await writeParts(draft, chunks, writable(mode))
        if ((await lstat(at(path)).catch(() => undefined))?.isDirectory()) await rm(at(path), { recursive: true })
        await rename(draft, at(path))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    }),
    writeDirectory: (path, files, link) => of(path, async () => {
      const draft = beside(at(path))
      await makeParents(draft)
      await mkdir(draft, { mode: 0o700 })
      try {
        for (const file of files) {
          const to = join(draft, file.path)
          await mkdir(dirname(to), { recursive: true })
          await writeParts(to, file.data, writable(file.mode))
        }
        await symlink(link.target, join(draft, link.path))
        await rm(at(path), { recursive: true, force: true })
        await rename(draft, at(path))
      } catch (error) {
        await rm(draft, { recursive: true, force: true })
        throw error
      }
    }),
    identity: path => of(path, () => fileIdentity(at(path))),
    makeTemporary: parent => of(parent, () => mkdtemp(join(at(parent), 'pex-'))),
    remove: path => of(path, () => rm(at(path), { recursive: true, force: true })),
}
}
