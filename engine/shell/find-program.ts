/** The search for a command's file (POSIX XCU 2.9.1.4), and bash's hash table of what it found. */
import { isDirectory, isRegular } from '../machine/stat.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import type { Interpreter } from './interpreter.ts'

/** Where PATH leads for the name: the first executable file, else the first file that is not executable; undefined where there is none. */
export async function findProgram(name: string, shell: Interpreter, path = shell.variables.get('PATH')): Promise<string | undefined> {
  const { commandPaths, options } = shell.state
  const isUsualPath = path === shell.variables.get('PATH')
  if (name.includes('/')) return name
  const known = commandPaths.get(name)
  if (known && isUsualPath) {
    known.hits++
    return known.path
  }
  const [found, ...others] = await findPrograms(name, shell, path)
  if (!found) return undefined
  const executable = [found, ...others].find((candidate) => candidate.executable)
  if (executable && isUsualPath && options.hashall) commandPaths.set(name, { path: executable.path, hits: 1 })
  return (executable ?? found).path
}

export interface FoundProgram {
  path: string
  executable: boolean
}

/** Every file of that name in PATH, in its order. */
export async function findPrograms(name: string, shell: Interpreter, path = shell.variables.get('PATH')): Promise<FoundProgram[]> {
  const found: FoundProgram[] = []
  if (!name) return found
  for (const directory of (path ?? '').split(':')) {
    const candidate = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`
    if (await isFile(candidate, shell.system)) found.push({ path: candidate, executable: await isExecutable(candidate, shell.system) })
  }
  return found
}

async function isFile(path: string, system: SystemCalls): Promise<boolean> {
  try {
    return isRegular((await system.stat(path)).mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

/** A file that this user may execute. */
export async function isExecutable(path: string, system: SystemCalls): Promise<boolean> {
  try {
    if (isDirectory((await system.stat(path)).mode)) return false
    await system.access(path, 1)
    return true
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
