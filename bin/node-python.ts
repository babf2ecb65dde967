/** Pythons of this machine, asked once each for what they take. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { linuxPlatforms, macPlatforms, normalizePlatform, type SystemVersion } from '../engine/packaging/platform-tags.ts'
import { compatibleTags, cpythonAbis, cpythonTags, genericTags, type PythonVersion } from '../engine/packaging/tags.ts'
import type { Target } from '../engine/packaging/target.ts'
import type { HomePython } from '../engine/pex-command/pex-home.ts'
import inspectScript from './inspect.py'

/** What inspect.py prints. */
interface Inspected {
  path: string
  platform: string
  glibc: string | null
  mac: string
  debug: boolean
  freeThreaded: boolean
  soabi: string | null
  markers: Record<string, string>
}

const twoNumbers = (text: string): SystemVersion => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return [major, minor]
}

/** The version of a musl that this Linux has, by the loader's own words. */
const muslVersion = async (machine: string): Promise<SystemVersion | undefined> => {
  const loader = `/lib/ld-musl-${machine}.so.1`
  if (!existsSync(loader)) return undefined
  const said = await promisify(execFile)(loader, []).catch((error: { stderr?: string }) => ({ stderr: error.stderr ?? '' }))
  const version = /Version (\d+\.\d+)/.exec(said.stderr)?.[1]
  return version === undefined ? undefined : twoNumbers(version)
}

const platformsOf = async ({ platform, glibc, mac }: Inspected): Promise<string[]> => {
  const machine = platform.slice(platform.lastIndexOf('-') + 1)
  if (platform.startsWith('linux-')) {
    return linuxPlatforms({ machine, ...(glibc ? { glibc: twoNumbers(glibc) } : {}), musl: glibc ? undefined : await muslVersion(machine) })
  }
  return platform.startsWith('macosx-') ? macPlatforms(twoNumbers(mac), machine) : [normalizePlatform(platform)]
}

const targetOf = async (inspected: Inspected): Promise<Target> => {
  const { markers, debug, freeThreaded, soabi, path } = inspected
  const version: PythonVersion = twoNumbers(markers.python_version ?? '')
  const platforms = await platformsOf(inspected)
  const isCPython = markers.implementation_name === 'cpython'
  const interpreter = `${isCPython ? 'cp' : 'pp'}${version.join('')}`
  const own = isCPython
    ? cpythonTags(version, cpythonAbis(version, { debug, freeThreaded }), platforms)
    : genericTags(interpreter, soabi ? [normalizePlatform(soabi.split('-').slice(0, 2).join('-'))] : [], platforms)
  const tags = [...own, ...compatibleTags(version, interpreter, platforms)]
  return { description: `${tags[0] ?? interpreter} interpreter at ${path}`, markers, tags }
}

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
  mkdirSync(join(cache, 'interpreters'), { recursive: true })
  writeFileSync(kept, answer.stdout)
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
