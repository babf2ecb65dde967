import { FileProblem } from '../pex-command/file-problem.ts'
import type { FoundEntry, PexFiles } from '../pex-command/pex-home.ts'
import type { Process } from '../machine/process.ts'
import { isDirectory, isRegular } from '../machine/stat.ts'
import { O_CREAT, O_EXCL, O_RDONLY, O_TRUNC, O_WRONLY, type Result, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { joinPath, lookUp } from './look-up.ts'

const of = async <T>(path: string, work: () => Result<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new FileProblem(error.code, error.errno, error.message, path)
  }
}

const kindOf = (mode: number): FoundEntry['kind'] => (isRegular(mode) ? 'file' : isDirectory(mode) ? 'directory' : 'other')

/** A whole file, whose size may be changing. */
export const readWhole = async (system: SystemCalls, path: string): Promise<Uint8Array> => {
  const fd = await system.open(path, O_RDONLY)
  try {
    const { size } = await system.fstat(fd)
    return (await system.pread(fd, size, 0)).slice()
  } finally {
    await system.close(fd)
  }
}

/** Writes a new file. */
export const writeNew = async (system: SystemCalls, path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, mode: number): Promise<void> => {
  const fd = await system.open(path, O_WRONLY | O_CREAT | O_EXCL | O_TRUNC, mode)
  try {
    for await (const chunk of chunks) await system.write(fd, chunk)
  } finally {
    await system.close(fd)
  }
}

/** `''` for a name alone. */
const directoryOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

/** Directories that are not there yet, down to the path. */
export const makeDirectories = async (system: SystemCalls, path: string): Promise<void> => {
  if (path === '' || path === '/' || await lookUp(system, path)) return
  await makeDirectories(system, directoryOf(path))
  await system.mkdir(path, 0o777)
}

/** A path with all that is in it; nothing where it is not there. */
export const removeAll = async (system: SystemCalls, path: string): Promise<void> => {
  const found = await lookUp(system, path, false)
  if (!found) return
  if (!isDirectory(found.mode)) return system.unlink(path)
  for (const { name } of await system.readdir(path)) await removeAll(system, joinPath(path, name))
  await system.rmdir(path)
}

/** The machine's files for pex. */
export const pexFiles = ({ system, pid }: Process): PexFiles => {
  let drafts = 0
  const draftOf = (path: string) => {
    const slash = path.lastIndexOf('/')
    return `${path.slice(0, slash + 1)}.${path.slice(slash + 1)}.${pid}.${++drafts}`
  }
  const replace = async (draft: string, path: string) => {
    const there = await lookUp(system, path, false)
    if (there && isDirectory(there.mode)) await removeAll(system, path)
    await system.rename(draft, path)
  }
  const orNothing = async (path: string, draft: string, work: () => Promise<void>) => {
    try {
      await of(path, work)
    } catch (error) {
      await removeAll(system, draft)
      throw error
    }
  }
  return {
    read: path => of(path, () => readWhole(system, path)),
    // Closed when the process ends: a PEX is read from its wheels until it is written.
    open: path => of(path, async () => {
      const fd = await system.open(path, O_RDONLY)
      const { size } = await system.fstat(fd)
      return { size, read: async (offset, length) => system.pread(fd, length, offset) }
    }),
    kind: async path => {
      const found = await of(path, () => lookUp(system, path)).catch((error: unknown) => {
        if (error instanceof FileProblem && error.code === 'ENOTDIR') return undefined
        throw error
      })
      return found && kindOf(found.mode)
    },
    isExecutable: async path => (((await lookUp(system, path))?.mode ?? 0) & 0o100) !== 0,
    onDisk: path => of(path, async () => {
      const { mode, mtime } = await system.stat(path)
      return { mode, modified: mtime }
    }),
    list: path => of(path, async () => (await system.readdir(path)).map(({ name, mode }) => ({ name, kind: kindOf(mode) }))),
    realPath: path => of(path, () => system.realpath(path)),
    writeInto: (path, bytes) => of(path, async () => {
      const fd = await system.open(path, O_WRONLY | O_TRUNC)
      try {
        await system.write(fd, bytes)
      } finally {
        await system.close(fd)
      }
    }),
    write: (path, chunks, mode) => {
      const draft = draftOf(path)
      return orNothing(path, draft, async () => {
        await makeDirectories(system, directoryOf(draft))
        await writeNew(system, draft, chunks, mode)
        await replace(draft, path)
      })
    },
    writeDirectory: (path, files, link) => {
      const draft = draftOf(path)
      return orNothing(path, draft, async () => {
        await makeDirectories(system, directoryOf(draft))
        await system.mkdir(draft, 0o700)
        for (const file of files) {
          const to = joinPath(draft, file.path)
          await makeDirectories(system, directoryOf(to))
          await writeNew(system, to, file.data, file.mode)
        }
        await system.symlink(link.target, joinPath(draft, link.path))
        await replace(draft, path)
      })
    },
    makeTemporary: parent => of(parent, async () => {
      const path = joinPath(parent, `pex-${pid}-${++drafts}`)
      await system.mkdir(path, 0o700)
      return path
    }),
    remove: path => of(path, () => removeAll(system, path)),
  }
}
