import type { Process } from '../machine/process.ts'
import { isRegular } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'

/** The executable files that `name` may mean, in the order of PATH; a name with a slash means itself. Only the first unless `all`. */
export async function findProgram({ env, system }: Pick<Process, 'env' | 'system'>, name: string, all = false): Promise<string[]> {
  const candidates = name.includes('/') ? [name] : (env.PATH ?? '').split(':').map((directory) => `${directory || '.'}/${name}`)
  const found: string[] = []
  for (const path of candidates) {
    try {
      await system.access(path, 1)
      if (!isRegular((await system.stat(path)).mode)) continue
    } catch (error) {
      if (error instanceof SystemError) continue
      throw error
    }
    found.push(path)
    if (!all) break
  }
  return found
}
