/** What unzip leaves behind: directories, files, links, with their modes and times. */
import type { ZipEntry } from '../archive/zip-entry.ts'
import { utcMilliseconds } from '../archive/dos-date.ts'
import { unixIds } from '../archive/extra-fields.ts'
import type { Process } from '../machine/process.ts'
import { isDirectory, type Stat } from '../machine/stat.ts'
import { O_CREAT, O_EXCL, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'

export const lookUp = async (process: Process, path: string, follow = true): Promise<Stat | undefined> => {
  try {
    return await (follow ? process.system.stat(path) : process.system.lstat(path))
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

/** Milliseconds since the epoch. */
export const entryTime = (entry: ZipEntry): number => (entry.mtime === undefined ? utcMilliseconds(entry.date) : entry.mtime * 1000)

/** A directory on the way is not one; the path of the first such. */
export class NotADirectory extends Error {
  constructor(readonly path: string) {
    super(`${path} exists but is not directory`)
  }
}

/** Makes `path`'s parents below `top` as needed. A symlink on the way counts as no directory: nothing is written through one. */
export async function makeParents(process: Process, top: string, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1)
  let here = top
  for (const part of parts) {
    here += part
    const stat = await lookUp(process, here, false)
    if (stat === undefined) await process.system.mkdir(here, 0o777)
    else if (!isDirectory(stat.mode)) throw new NotADirectory(here)
    here += '/'
  }
}

/** The permission bits to give: the archive's without setuid, setgid and sticky bits, or what the umask leaves where it has none. */
export async function permissionsOf(process: Process, entry: ZipEntry, keepSpecialBits: boolean): Promise<number> {
  if (entry.permissions !== undefined) return entry.permissions & (keepSpecialBits ? 0o7777 : 0o777)
  const readOnly = (entry.raw.externalAttributes & 1) !== 0
  const mode = entry.type === 'directory' ? 0o777 : readOnly ? 0o444 : 0o666
  return mode & ~(await process.system.umask())
}

export async function restoreOwner(process: Process, path: string, entry: ZipEntry): Promise<void> {
  const ids = unixIds(entry.blocks)
  if (ids) await process.system.chown(path, ids.uid, ids.gid, false)
}

/** Writes a new file; one that is there already is replaced, not written into (it may have other links). */
export async function writeFile(process: Process, path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  const { system } = process
  if (await lookUp(process, path, false)) await system.unlink(path)
  const fd = await system.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
  try {
    for await (const chunk of chunks) {
      await system.write(fd, chunk)
      await process.breathe()
    }
  } finally {
    await system.close(fd)
  }
}
