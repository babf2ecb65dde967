/** The target that a Python is, by what inspect.py prints of it. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { linuxPlatforms, macPlatforms, normalizePlatform, type SystemVersion } from '../engine/packaging/platform-tags.ts'
import { compatibleTags, cpythonAbis, cpythonTags, genericTags, type PythonVersion } from '../engine/packaging/tags.ts'
import type { Target } from '../engine/packaging/target.ts'

/** What inspect.py prints. */
export interface Inspected {
  path: string
  platform: string
  glibc: string | null
  mac: string
  debug: boolean
  freeThreaded: boolean
  soabi: string | null
  markers: Record<string, string>
}

/** `3.11` or more numbers: the first two. */
export const twoNumbers = (text: string): SystemVersion => {
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
    return linuxPlatforms({ machine, ...(glibc ? { glibc: twoNumbers(glibc) } : {}), musl: glibc ? undefined : await muslVersion(machine) }, true)
  }
  return platform.startsWith('macosx-') ? macPlatforms(twoNumbers(mac), machine) : [normalizePlatform(platform)]
}

export const targetOf = async (inspected: Inspected): Promise<Target> => {
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
