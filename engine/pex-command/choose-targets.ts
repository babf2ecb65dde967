import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { parseCompletePlatform, type Target } from '../packaging/target.ts'
import { assumedLinux } from '../pex/assumed-linux.ts'
import { meetsConstraint, parseInterpreterConstraint } from '../pex/interpreter-constraint.ts'
import { PexError } from '../pex/pex-error.ts'
import type { TargetPython } from '../pex/sh-boot.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { HomePython, PexHome } from './pex-home.ts'

/** What a PEX is made for, and the Python that it is made and tried with, where there is one. */
export interface ChosenTargets {
  readonly targets: readonly Target[]
  readonly python: HomePython | undefined
  /** The Pythons among the targets. */
  readonly pythons: readonly HomePython[]
  /** The Python that the PEX's first line names, undefined where the targets differ. */
  readonly shebang: string | undefined
}

const versionOf = ({ markers }: Target): [number, number] | undefined => {
  const [major, minor] = (markers.python_version ?? '').split('.').map(Number)
  return major !== undefined && minor !== undefined && major > 0 ? [major, minor] : undefined
}

/** Source: pex/targets.py, compatible_shebang. */
const commonShebang = (targets: readonly Target[]): string | undefined => {
  const names = new Set(targets.map(target => {
    const name = target.markers.platform_python_implementation === 'PyPy' ? 'pypy' : 'python'
    return `#!/usr/bin/env ${name}${versionOf(target)?.join('.') ?? ''}`
  }))
  return names.size === 1 ? [...names][0] : undefined
}

const readPlatform = async (text: string, home: PexHome): Promise<Target> => {
  if (await home.files.kind(text) !== 'file') return parseCompletePlatform(text)
  try {
    return parseCompletePlatform(new TextDecoder().decode(await home.files.read(text)))
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new PackagingError(error.message.replace('data from json string:', `data from ${text}:`))
  }
}

/** A Python that cannot be had, in pex's words, and the way out. */
const noInterpreter = (constraints: readonly string[], python: HomePython | undefined): PexError => {
  const found = python
    ? `Examined the following interpreters:\n1.) ${python.path} ${python.target.markers.platform_python_implementation}==${python.target.markers.python_full_version}\n\n`
    : ''
  const wanted = constraints.map(each => `  Version matches ${each}`).join('\n')
  return new PexError(`Could not find a compatible interpreter.\n\n${found}No interpreter compatible with the requested constraints was found:\n\n${wanted}`)
}

/** `--python-path`: directories of Pythons, and Pythons. */
const pythonPath = (options: Arguments, home: PexHome): readonly string[] | undefined => {
  const text = options.value('python_path')
  return text ? text.split(':').map(entry => absolutePath(entry, home.directory)) : undefined
}

/** A Python by a name that is found in a path as in PATH; a file is taken as it stands. Source: pex/resolve/target_configuration.py. */
const pythonIn = async (path: readonly string[], name: string, home: PexHome): Promise<HomePython | undefined> => {
  if (await home.files.kind(name) === 'file') return home.python(name)
  for (const entry of path) {
    const program = entry.endsWith(`/${name}`) ? entry : `${entry}/${name}`
    const python = await home.files.kind(program) === 'file' ? await home.python(program) : undefined
    if (python) return python
  }
  return undefined
}

const namedPythons = async (options: Arguments, home: PexHome): Promise<HomePython[]> => {
  const found: HomePython[] = []
  const path = pythonPath(options, home)
  for (const name of options.values('python')) {
    const python = await (path ? pythonIn(path, name, home) : home.python(name))
    if (!python) throw new PexError(`Failed to find interpreter: ${name}`)
    found.push({ ...python, shBoot: { ...python.shBoot, explicit: true } })
  }
  return found
}

const readAbbreviated = (platform: string, options: Arguments): Target => {
  const given = options.value('assume_manylinux')
  if (given && !given.startsWith('manylinux')) throw new PexError(`Please specify a manylinux standard; ie: --manylinux=manylinux1. Given ${given}`)
  return parseAbbreviatedPlatform(given === '' ? platform : assumedLinux(platform, given))
}

/** What `--platform`, `--complete-platform`, `--python` and the constraints choose; without any of them the Python at hand. */
export const chooseTargets = async (options: Arguments, constraints: readonly string[], home: PexHome): Promise<ChosenTargets> => {
  const targets: Target[] = []
  let current = false
  for (const text of options.values('platforms')) {
    if (text === 'current' || text === '') current = true
    else targets.push(readAbbreviated(text, options))
  }
  for (const text of options.values('complete_platforms')) targets.push(await readPlatform(text, home))
  const named = await namedPythons(options, home)
  if (constraints.length && !named.length && options.value('python_path')) {
    throw new PexError('--python-path is not supported beside --interpreter-constraint: it asks all Pythons there what they are: name each with --python')
  }
  const pythons = named.length ? named : await atHand(home)
  const wanted = constraints.length ? pythons.filter(({ target }) => constraints.some(each => meetsConstraint(parseInterpreterConstraint(each), target))) : pythons
  const local = current || named.length > 0 || constraints.length > 0 || targets.length === 0
  if (local && wanted.length === 0) {
    if (constraints.length) throw noInterpreter(constraints, pythons[0])
    throw new PexError('No Python was found on PATH to build for: name the target with --platform or --complete-platform')
  }
  if (local) targets.unshift(...wanted.map(({ target }) => target))
  return { targets, python: wanted[0] ?? pythons[0], pythons: local ? wanted : [], shebang: commonShebang(targets) }
}

const atHand = async (home: PexHome): Promise<HomePython[]> => {
  const python = await home.python()
  return python ? [python] : []
}

/** The Python by whose version and name a PEX is started where nothing else decides: the one at hand, else the first target's. */
export const startingPython = ({ python, targets }: ChosenTargets): TargetPython =>
  python?.shBoot ?? { version: (targets[0] && versionOf(targets[0])) ?? [3, 0] }
