import type { Process } from '../machine/process.ts'
import { isSymlink, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'

/** A file as a listing needs it. */
export interface Entry {
  /** As shown: an operand as given, or a name in a directory. */
  name: string
  path: string
  stat: Stat
  /** A symlink's text. */
  target: string | undefined
  /** The mode of what a symlink leads to; undefined where it leads nowhere, or is none. */
  targetMode: number | undefined
}

/** Throws the SystemError of stat(2). */
export async function readEntry({ system }: Process, name: string, path: string, follow: boolean): Promise<Entry> {
  const stat = await (follow ? system.stat(path) : system.lstat(path))
  if (!isSymlink(stat.mode)) return { name, path, stat, target: undefined, targetMode: undefined }
  return { name, path, stat, target: await system.readlink(path), targetMode: await modeBehind(system, path) }
}

async function modeBehind(system: Process['system'], path: string): Promise<number | undefined> {
  try {
    return (await system.stat(path)).mode
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}
