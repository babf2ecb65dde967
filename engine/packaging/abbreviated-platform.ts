import { PackagingError } from './packaging-error.ts'
import { androidPlatforms, iosPlatforms, macPlatforms, type SystemVersion } from './platform-tags.ts'
import { pythonRepr } from './python-text.ts'
import type { Target } from './target.ts'
import { compatibleTags, cpythonTags, genericTags, parseTags, type PythonVersion } from './tags.ts'

interface PlatformParts {
  readonly platform: string
  readonly implementation: string
  readonly version: readonly number[]
  readonly abi: string
}

const refuse = (text: string, why: string) =>
  new PackagingError(
    `Not a valid platform specifier: ${text}: ${why} Write PLATFORM-IMPL-PYVER-ABI, such as manylinux2014_x86_64-cp-312-cp312.`,
  )

const readParts = (text: string): PlatformParts => {
  const fields = text.split('-')
  const [implementation, versionText, abiText] = fields.slice(-3)
  if (fields.length < 4 || implementation === undefined || versionText === undefined || abiText === undefined) {
    throw refuse(text, `There are missing platform fields. Expected 4 but given ${fields.length}.`)
  }
  let numbers = versionText.split('.')
  if (numbers.length === 1) {
    if (versionText.length < 2) {
      const forms = 'a 2 or more digit digit major/minor version or else a component dotted version'
      throw refuse(text, `The version field must either be ${forms}. Given: ${pythonRepr(versionText)}`)
    }
    numbers = [versionText.slice(0, 1), versionText.slice(1)]
  }
  if (!numbers.every(number => /^\d+$/.test(number))) {
    throw refuse(text, `The version specified had non-integer components. Given: ${pythonRepr(versionText)}`)
  }
  // Every minor version down from this one gets its tags.
  if (numbers.some(number => number.length > 3)) throw refuse(text, `No Python has the version ${pythonRepr(versionText)}.`)
  const platform = fields.slice(0, -3).join('-').toLowerCase().replace(/[-.]/g, '_')
  for (const [field, value] of Object.entries({ platform, impl: implementation, abi: abiText })) {
    if (value === '') throw refuse(text, `Platform specifiers cannot have blank fields. Given a blank ${field}.`)
  }
  const version = numbers.map(Number)
  const interpreter = `${implementation}${version.slice(0, 2).join('')}`
  const abi = implementation === 'cp' && !abiText.startsWith(interpreter) ? interpreter + abiText : abiText
  return { platform, implementation, version, abi }
}

/**
 * The platforms that pip takes a named one to include. A `manylinux_2_28` is only itself: pip's own rule, which
 * `--complete-platform` is the way around.
 */
const platformsOf = (platform: string): string[] => {
  const [prefix = '', ...rest] = platform.split('_')
  const apple = /^(.+)_(\d{1,3})_(\d{1,3})_(.+)$/.exec(platform)
  if (apple) {
    const [, name = '', major, minor, machine = ''] = apple
    const version: SystemVersion = [Number(major), Number(minor)]
    if (platform.startsWith('macosx')) return renamed(macPlatforms(version, machine), 'macosx', name)
    if (platform.startsWith('ios')) return renamed(iosPlatforms(version, machine), 'ios', name)
  }
  const android = /^android_(\d{1,3})_(.+)$/.exec(platform)
  if (android) return androidPlatforms(Number(android[1]), android[2] ?? '')
  const machine = rest.join('_')
  if (prefix === 'manylinux2014' && (machine === 'i686' || machine === 'x86_64')) {
    return [platform, `manylinux2010_${machine}`, `manylinux1_${machine}`]
  }
  return prefix === 'manylinux2010' ? [platform, `manylinux1_${machine}`] : [platform]
}

const renamed = (platforms: readonly string[], from: string, to: string) => platforms.map(platform => to + platform.slice(from.length))

const interpreters: Readonly<Record<string, { readonly name: string; readonly implementation: string }>> = {
  cp: { name: 'cpython', implementation: 'CPython' },
  pp: { name: 'pypy', implementation: 'PyPy' },
}

/** The markers that a platform's name decides, as pex fills them in; the others are absent. */
const markersOf = ({ platform, implementation, version }: PlatformParts): Readonly<Record<string, string>> => {
  const known = interpreters[implementation]
  const system = systemOf(platform, version[0] === 2)
  return {
    ...(version[0] === 2 ? { implementation_name: '', implementation_version: '0' } : known && { implementation_name: known.name }),
    ...(known && { platform_python_implementation: known.implementation }),
    ...system,
    python_version: version.slice(0, 2).join('.'),
    ...(version.length === 3 && { python_full_version: version.join('.') }),
  }
}

const systemOf = (platform: string, python2: boolean): Readonly<Record<string, string>> => {
  const after = (underscores: number) => platform.split('_').slice(Math.min(underscores, platform.split('_').length - 1)).join('_')
  if (platform.includes('linux')) {
    const machine = /^(?:linux|manylinux(?:1|2010|2014))_/.test(platform) ? after(1) : after(3)
    return { os_name: 'posix', platform_machine: machine, platform_system: 'Linux', sys_platform: python2 ? 'linux2' : 'linux' }
  }
  if (platform.includes('mac')) return { os_name: 'posix', platform_machine: after(3), platform_system: 'Darwin', sys_platform: 'darwin' }
  if (platform.includes('win')) return { os_name: 'nt', platform_machine: after(2), platform_system: 'Windows', sys_platform: 'win32' }
  return {}
}

/**
 * The target that pex's `--platform` names: `manylinux2014_x86_64-cp-312-cp312`, `macosx-10.13-x86_64-cp-36-m`,
 * `linux-x86_64-cp-3.12.4-cp312`.
 * The tags are pip's for these options, the markers those that pex derives. Refuses what pex refuses, and an
 * implementation other than cp and pp.
 */
export const parseAbbreviatedPlatform = (text: string): Target => {
  const parts = readParts(text)
  if (!interpreters[parts.implementation]) {
    throw refuse(text, `The implementation ${pythonRepr(parts.implementation)} is not known: cp and pp are.`)
  }
  const version: PythonVersion = [parts.version[0] ?? 0, parts.version[1]]
  const interpreter = `${parts.implementation}${version.join('')}`
  const platforms = platformsOf(parts.platform)
  const abis = [parts.abi]
  const own = parts.implementation === 'cp' ? cpythonTags(version, abis, platforms) : genericTags(interpreter, abis, platforms)
  const tags = [...own, ...compatibleTags(version, interpreter, platforms)]
  const [tag = ''] = parseTags(`${interpreter}-${parts.abi}-${parts.platform}`)
  return { description: `abbreviated platform ${tag}`, markers: markersOf(parts), tags }
}
