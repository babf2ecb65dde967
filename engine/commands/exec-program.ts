import type { Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import type { SpawnRequest } from '../machine/system-calls.ts'
import { findProgram } from './find-program.ts'

/** Where execvp(3) looks without PATH (confstr's _CS_PATH in glibc). */
const defaultPath = '/bin:/usr/bin'

/** The file execvp(3) would run for `name`. Throws its error: ENOENT, or EACCES where a file is there but may not be executed. */
async function locate(system: Process['system'], variables: Record<string, string>, name: string): Promise<string> {
  const env = { PATH: defaultPath, ...variables }
  const [path] = await findProgram({ env, system }, name)
  if (path !== undefined) return path
  const candidates = name.includes('/') ? [name] : env.PATH.split(':').map((directory) => `${directory || '.'}/${name}`)
  for (const candidate of candidates) {
    try {
      await system.stat(candidate)
      throw new SystemError('EACCES', name)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      if (error.code === 'EACCES') throw error
    }
  }
  throw new SystemError('ENOENT', name)
}

/** execvp(3): replaces this process; a file without a known format goes to the shell. Returns only by throwing. */
export async function execProgram(process: Process, argv: readonly string[], env: Record<string, string>): Promise<never> {
  const path = await locate(process.system, env, argv[0]!)
  await process.stdout.flush()
  try {
    return await process.system.exec(path, [...argv], env)
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'ENOEXEC') throw error
    return await process.system.exec('/bin/sh', ['sh', path, ...argv.slice(1)], env)
  }
}

/** Starts a child by the same rules; resolves to its pid. */
export async function spawnProgram(
  process: Process,
  argv: readonly string[],
  more: Omit<Partial<SpawnRequest>, 'path' | 'argv'> = {},
): Promise<number> {
  const env = more.env ?? { ...process.env }
  const path = await locate(process.system, env, argv[0]!)
  await process.stdout.flush()
  try {
    return await process.system.spawn({ ...more, path, argv: [...argv], env })
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'ENOEXEC') throw error
    return await process.system.spawn({ ...more, path: '/bin/sh', argv: ['sh', path, ...argv.slice(1)], env })
  }
}

/** The status a shell or a wrapper gives for a command that could not be started: 127 not found, 126 found but not runnable. */
export const startFailureStatus = (error: SystemError) => (error.code === 'ENOENT' ? 127 : 126)
