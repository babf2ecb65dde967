import type { Stat } from '../machine/stat.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'

/** What is at `path`, or undefined where nothing is. Other failures throw. */
export async function lookUp(system: SystemCalls, path: string, follow = true): Promise<Stat | undefined> {
  try {
    return await (follow ? system.stat(path) : system.lstat(path))
  } catch (error) {
    if (error instanceof SystemError && error.code === 'ENOENT') return undefined
    throw error
  }
}

export const isSameFile = (a: Stat, b: Stat) => a.ino === b.ino && a.dev === b.dev

/** `directory/name` without a doubled slash. */
export const joinPath = (directory: string, name: string) => (directory.endsWith('/') ? directory : `${directory}/`) + name
