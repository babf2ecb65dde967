/** Pythons of this machine, asked once each for what they take. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { HomePython } from '../engine/pex-command/pex-home.ts'
import inspectScript from './inspect.py'
import { targetOf, twoNumbers, type Inspected } from './inspected-target.ts'
import { keepFile } from './keep-file.ts'

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const findProgram = (name: string, path: string): string[] =>
  name.includes('/') ? [name].filter(isProgram) : path.split(delimiter).filter(directory => directory !== '').map(directory => join(directory, name)).filter(isProgram)

/** inspect.py's answer, from the cache where this very Python gave it before; undefined where the program is no Python that works. */
const inspect = async (path: string, cache: string): Promise<Inspected | undefined> => {
  const real = realpathSync(path)
  const { mtimeMs, size } = statSync(real)
  const key = createHash('sha256').update(JSON.stringify([path, real, mtimeMs, size, inspectScript])).digest('hex')
  const kept = join(cache, 'interpreters', `${key}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Inspected
  const answer = await promisify(execFile)(path, ['-sE', '-c', inspectScript], { timeout: 20_000 }).catch(() => undefined)
  if (!answer) return undefined
  await keepFile(kept, answer.stdout)
  return JSON.parse(answer.stdout) as Inspected
}

/** A Python by its name or path; without one, python3, else python, of PATH. */
export const findNodePython = async (name: string | undefined, environment: NodeJS.ProcessEnv, cache: string): Promise<HomePython | undefined> => {
  const names = name === undefined ? ['python3', 'python'] : [name]
  for (const path of names.flatMap(each => findProgram(each, environment.PATH ?? ''))) {
    const inspected = await inspect(path, cache)
    if (!inspected) continue
    const target = await targetOf(inspected)
    return { target, path: inspected.path, shBoot: { version: [...twoNumbers(inspected.markers.python_version ?? '')], path: realpathSync(inspected.path) } }
  }
  return undefined
}
