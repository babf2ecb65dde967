/** Files of this machine. */
import { constants, createWriteStream, fstatSync, openSync, readSync } from 'node:fs'
import { access, chmod, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { getSystemErrorMap } from 'node:util'
import { FileProblem, isMissing } from '../engine/pex-command/file-problem.ts'
import type { FoundEntry, PexFiles } from '../engine/pex-command/pex-home.ts'

/** What strerror(3) says, where Node's own words are others. */
const reasons: Record<string, string> = {
  ENOENT: 'No such file or directory', EACCES: 'Permission denied', EPERM: 'Operation not permitted', EISDIR: 'Is a directory', ENOTDIR: 'Not a directory',
  EEXIST: 'File exists', ENOSPC: 'No space left on device', EROFS: 'Read-only file system', ENAMETOOLONG: 'File name too long', ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files', EDQUOT: 'Disk quota exceeded', EFBIG: 'File too large', EBUSY: 'Device or resource busy', EIO: 'Input/output error',
}

/** What the system refuses as a FileProblem of `path`. */
const of = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException
    if (code === undefined || errno === undefined) throw error
    throw new FileProblem(code, Math.abs(errno), reasons[code] ?? getSystemErrorMap().get(errno)?.[1] ?? code, path)
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

/** Bytes that are gathered before the disk is asked: a PEX comes in thousands of small pieces. */
const ahead = 1 << 20

/** How long ago a file must have changed for its times to tell it from what it was, in milliseconds. */
const settled = 2000

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
        read: (offset: number, length: number) => {
          const bytes = new Uint8Array(Math.min(length, Math.max(size - offset, 0)))
          let done = 0
          for (let read = -1; done < bytes.length && read !== 0; done += read) read = readSync(file, bytes, done, bytes.length - done, offset + done)
          return bytes.subarray(0, done)
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
    list: path => of(path, async () => (await readdir(at(path), { withFileTypes: true })).map(entry => ({ name: entry.name, kind: kindOf(entry) }))),
    realPath: path => of(path, () => realpath(at(path))),
    write: (path, chunks, mode) => of(path, async () => {
      const draft = beside(at(path))
      try {
        await pipeline(chunks, createWriteStream(draft, { mode: writable(mode), highWaterMark: ahead }))
        if ((await lstat(at(path)).catch(() => undefined))?.isDirectory()) await rm(at(path), { recursive: true })
        await rename(draft, at(path))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    }),
    writeDirectory: (path, files, link) => of(path, async () => {
      const draft = beside(at(path))
      await mkdir(draft, { mode: 0o700 })
      try {
        for (const file of files) {
          const to = join(draft, file.path)
          await mkdir(dirname(to), { recursive: true })
          await pipeline(file.data, createWriteStream(to))
          await chmod(to, writable(file.mode))
        }
        await symlink(link.target, join(draft, link.path))
        await rm(at(path), { recursive: true, force: true })
        await rename(draft, at(path))
      } catch (error) {
        await rm(draft, { recursive: true, force: true })
        throw error
      }
    }),
    identity: path => of(path, async () => {
      const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await stat(at(path), { bigint: true })
      // Within one tick of the file system's clock it could change unseen.
      return Number(ctimeMs) > Date.now() - settled ? undefined : JSON.stringify([at(path), ...[dev, ino, size, mtimeNs, ctimeNs].map(String)])
    }),
    makeTemporary: parent => of(parent, () => mkdtemp(join(at(parent), 'pex-'))),
    remove: path => of(path, () => rm(at(path), { recursive: true, force: true })),
}
}
