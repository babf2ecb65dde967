import { TomlDate } from 'smol-toml'
import type { ProjectFile } from '../index/package-index.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import type { Marker } from '../packaging/marker.ts'
import { lockedFileName } from '../packaging/locked-file-name.ts'
import { normalizeName } from '../packaging/project-name.ts'
import type { Pylock, PylockFile, PylockPackage } from '../packaging/pylock.ts'
import { parseSpecifierSet } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'
import { compareVersions, formatVersion, parseVersion } from '../packaging/version.ts'
import { dependenciesOf, type DependencyRules } from './dependencies.ts'
import type { Resolution, Resolved } from './resolution.ts'

/** Variables that tell targets apart, the plainest first. Releases of kernels and the like are left out: a lock is to outlive an update. */
const telling = ['sys_platform', 'platform_machine', 'python_version', 'implementation_name', 'python_full_version']

/** `a == "x" and b == "y"` */
const holds = (names: readonly string[], { markers }: Target): Marker => names.flatMap((name, at) => [
  ...at === 0 ? [] : ['and' as const], { left: { variable: name }, operator: '==' as const, right: { value: markers[name] ?? '' } },
])

/** What a lock is good for: targets that share what their markers, and most others', ask about. */
const environmentOf = (target: Target): Marker => holds(telling.slice(0, 4).filter(name => target.markers[name] !== undefined), target)

/** What holds on one target and on no other of these. */
const tellApart = (target: Target, among: readonly Target[]): Marker => {
  const known = telling.filter(name => target.markers[name] !== undefined)
  const isTold = (names: readonly string[]): boolean =>
    among.every(other => other === target || names.some(name => other.markers[name] !== target.markers[name]))
  const enough = known.map((_, count) => known.slice(0, count + 1)).find(isTold) ?? known
  const needed = enough.filter(name => !isTold(enough.filter(other => other !== name)) || enough.length === 1)
  return holds(needed.length > 0 ? needed : enough, target)
}

const anyOf = (markers: readonly Marker[]): Marker => markers.flatMap((marker, at) => [...at === 0 ? [] : ['or' as const], ...marker])

/** One version of a project, on the targets that have it. */
interface Chosen {
  readonly name: string
  readonly resolved: Resolved
  readonly files: Map<string, ProjectFile>
  readonly on: Map<Target, Resolved>
}

const byPackage = (targets: readonly Target[], resolutions: readonly Resolution[]): Chosen[] => {
  const chosen = new Map<string, Chosen>()
  for (const [at, target] of targets.entries()) {
    for (const resolved of resolutions[at]?.distributions ?? []) {
      const name = normalizeName(resolved.name)
      const key = `${name} ${formatVersion(resolved.version)}`
      const one: Chosen = chosen.get(key) ?? { name, resolved, files: new Map(), on: new Map() }
      chosen.set(key, one)
      one.files.set(resolved.file.fileName, resolved.file)
      one.on.set(target, resolved)
    }
  }
  return [...chosen.values()].sort((left, right) =>
    compareCodePoints(left.name, right.name) || compareVersions(left.resolved.version, right.resolved.version))
}

/** Packages that one asks for on any of its targets: the name alone, as real pex writes it, and the version where the name does not say which. */
const dependencies = ({ on }: Chosen, among: readonly Chosen[], rules: DependencyRules): { name: string; version?: string }[] => {
  const asked = new Set<Chosen>()
  for (const [target, { metadata, extras }] of on) {
    const names = new Set(dependenciesOf(metadata, target, rules, extras).map(({ name }) => normalizeName(name)))
    for (const other of among) if (names.has(other.name) && other.on.has(target)) asked.add(other)
  }
  const isAmbiguous = (name: string) => among.filter(other => other.name === name).length > 1
  return among.filter(other => asked.has(other)).map(({ name, resolved }) =>
    ({ name, ...isAmbiguous(name) ? { version: formatVersion(resolved.version) } : {} }))
}

/** The index's own address, where the file was listed on a project's page of it. */
const indexOf = ({ listedBy }: ProjectFile, project: string): string | undefined =>
  /^https?:/.test(listedBy) && listedBy.endsWith(`/${project}/`) ? listedBy.slice(0, -project.length - 1) : undefined

const withoutCredentials = (url: string): string => {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}

export interface Locking {
  /** What makes the lock, as it is to be named in it. */
  readonly createdBy: string
  /** By which the resolutions were made. */
  readonly rules: DependencyRules
  /** Hashes of a file that its listing gives none for: at least one. */
  readonly hashesOf: (file: ProjectFile) => Promise<Readonly<Record<string, string>>>
}

const lockFile = async (file: ProjectFile, { hashesOf }: Locking): Promise<PylockFile> => {
  const hashes = Object.keys(file.hashes).length > 0 ? file.hashes : await hashesOf(file)
  const url = withoutCredentials(file.url)
  return {
    ...lockedFileName({ url, hashes }) === file.fileName ? {} : { name: file.fileName },
    ...file.uploadTime === undefined ? {} : { uploadTime: new TomlDate(file.uploadTime) },
    url,
    ...file.size === undefined ? {} : { size: BigInt(file.size) },
    hashes,
  }
}

/**
 * A lock file (PEP 751) of what was resolved for one target or several: `selectLocked` gives each its resolution back. What not all targets
 * have bears a marker that tells them apart.
 */
export const lockResolutions = async (
  targets: readonly Target[], resolutions: readonly Resolution[], locking: Locking,
): Promise<Pylock> => {
  const chosen = byPackage(targets, resolutions)
  const lockPackage = async (one: Chosen): Promise<PylockPackage> => {
    const { name, resolved, files, on } = one
    const needed = dependencies(one, chosen, locking.rules)
    const requires = resolved.metadata.text.get('Requires-Python')
    const index = indexOf(resolved.file, name)
    return {
      name,
      version: resolved.version,
      ...on.size === targets.length ? {} : { marker: anyOf([...on.keys()].map(target => tellApart(target, targets))) },
      ...requires === undefined ? {} : { requiresPython: parseSpecifierSet(requires) },
      ...needed.length === 0 ? {} : { dependencies: needed },
      ...index === undefined ? {} : { index },
      wheels: await Promise.all([...files.values()].map(file => lockFile(file, locking))),
    }
  }
  return {
    lockVersion: parseVersion('1.0'),
    environments: targets.map(environmentOf),
    createdBy: locking.createdBy,
    packages: await Promise.all(chosen.map(lockPackage)),
  }
}
