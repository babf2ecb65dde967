import { containsVersion, parseSpecifierSet, type SpecifierSet } from '../packaging/specifier-set.ts'
import { parseInterpreterConstraint } from './interpreter-constraint.ts'
import { PexError } from './pex-error.ts'
import type { Runtime } from './runtime.ts'
import { parseMetadataHeaders } from '../packaging/metadata-headers.ts'

/** An interpreter as sh-boot looks for it; `t` stands behind the version of a free-threaded CPython. */
interface PythonName {
  name: 'python' | 'pypy'
  version: [number, number]
  freeThreaded: boolean
}

const supportsFreeThreading = ([major, minor]: [number, number]) => major > 3 || (major === 3 && minor >= 13)

const render = ({ name, version, freeThreaded }: PythonName, components: 0 | 1 | 2): string =>
  name + version.slice(0, components).join('.') + (components === 2 && freeThreaded ? 't' : '')

interface SupportedPython {
  version: [number, number]
  /** The highest that pex tries against a specifier. */
  patch: number
}

/** pex/interpreter_constraints.py, COMPATIBLE_PYTHON_VERSIONS: oldest first. Patches of a living version are tried up to a high one. */
const supportedPythons = (source: string): SupportedPython[] => {
  const table = /^COMPATIBLE_PYTHON_VERSIONS = \(\n([^]*?)^\)$/m.exec(source)?.[1]
  const most = /^DEFAULT_MAX_PATCH = (\d+)$/m.exec(source)?.[1] ?? /DEFAULT_MAX_PATCH[^\n]*?(\d+)/.exec(source)?.[1]
  if (!table || !most) throw new PexError('the pex wheel does not list the Pythons that it supports: this version of pex is not known')
  return [...table.matchAll(/PythonVersion\(Lifecycle\.(\w+), (\d+), (\d+), (\d+)\)/g)].map(([, lifecycle, major, minor, patch]) => ({
    version: [Number(major), Number(minor)],
    patch: lifecycle === 'EOL' ? Number(patch) : Number(most),
  }))
}

const admits = (set: SpecifierSet, { version, patch }: SupportedPython): boolean =>
  Array.from({ length: patch + 1 }, (_, each) => `${version.join('.')}.${each}`).some((text) => containsVersion(set, text))

const ofConstraint = (constraint: string, supported: SupportedPython[]): PythonName[] => {
  const { implementation, freeThreaded, specifiers } = parseInterpreterConstraint(constraint)
  const cpython = (version: [number, number], freeThreaded = false): PythonName => ({ name: 'python', version, freeThreaded })
  const pypy = (version: [number, number]): PythonName => ({ name: 'pypy', version, freeThreaded: false })
  return supported
    .filter((each) => admits(specifiers, each))
    .flatMap(({ version }) => {
      if (implementation === 'PyPy') return [pypy(version)]
      const free = supportsFreeThreading(version) ? [cpython(version, true)] : []
      if (freeThreaded) return [cpython(version, true)]
      if (implementation) return [cpython(version)]
      return [cpython(version), ...free, pypy(version)]
    })
}

/**
 * The names under which a `--sh-boot` PEX looks for a Python: the targets' (if asked for, or if no constraints are), the constraints', then
 * every one that pex supports from the newest on, CPython before PyPy; with two, one and no version numbers. Source: pex/sh_boot.py.
 */
export const pythonNames = async (runtime: Runtime, target: [number, number] | undefined, constraints: string[]): Promise<string[]> => {
  const supported = supportedPythons(await runtime.source('interpreter_constraints.py'))
  const wheel = await runtime.wheel()
  const metadata = await wheel.read(`${wheel.prefix}.dist-info/METADATA`)
  const { headers } = parseMetadataHeaders(new TextDecoder().decode(metadata))
  const requires = headers.find(({ name }) => name.toLowerCase() === 'requires-python')?.value ?? '>=2.7'
  const newestFirst = supported.filter((each) => admits(parseSpecifierSet(requires), each)).reverse()
  const names: PythonName[] = [
    ...(target ? [{ name: 'python' as const, version: target, freeThreaded: false }] : []),
    ...constraints.flatMap((constraint) => ofConstraint(constraint, supported)),
    ...newestFirst.flatMap(({ version }): PythonName[] => [
      { name: 'python', version, freeThreaded: false },
      ...(supportsFreeThreading(version) ? [{ name: 'python' as const, version, freeThreaded: true }] : []),
    ]),
    ...newestFirst.map(({ version }): PythonName => ({ name: 'pypy', version, freeThreaded: false })),
  ]
  return [...new Set(([2, 1, 0] as const).flatMap((components) => names.map((name) => render(name, components))))]
}
