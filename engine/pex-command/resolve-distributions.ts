import type { PackageIndex } from '../index/package-index.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { containsVersion } from '../packaging/specifier-set.ts'
import { formatVersion } from '../packaging/version.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import type { Target } from '../packaging/target.ts'
import { PexError } from '../pex/pex-error.ts'
import { resolve } from '../resolver/resolve.ts'
import type { Override, Resolved, Resolution, Resolving, Root } from '../resolver/resolution.ts'
import type { Arguments } from './parse-arguments.ts'
import type { AskedFor } from './read-requirements.ts'

/** What the command line leaves out and puts in the place of something else, and how PEX-INFO has it. */
export interface DependencyChanges {
  readonly excludes: readonly Requirement[]
  readonly overrides: readonly Override[]
  readonly excluded: readonly string[]
  readonly overridden: readonly string[]
}

const readOverride = (text: string): Override => {
  const [, project, rest = text] = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*=\s*([A-Za-z0-9][^]*)$/.exec(text) ?? []
  try {
    const requirement = parseRequirement(rest)
    return { project: project ?? requirement.name, requirement }
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new PexError(`Invalid override requirement '${rest}': <string> line 1:\n${rest}\nProblem parsing '${rest}' as a requirement: ${error.message}`)
  }
}

/** What the command line says, and PEXes that are added say in their PEX-INFO. Source: pex/dependency_configuration.py. Throws PackagingError and PexError. */
export const dependencyChanges = (options: Arguments, more: Pick<DependencyChanges, 'excluded' | 'overridden'>): DependencyChanges => {
  const excludes = [...new Set([...options.values('excluded'), ...more.excluded])].map(text => parseRequirement(text))
  const overrides = [...new Set([...options.values('overridden'), ...more.overridden])].map(readOverride)
  const overriddenText = ({ project, requirement }: Override) =>
    (normalizeName(project) === normalizeName(requirement.name) ? '' : `${normalizeName(project)}=`) + formatRequirement(requirement)
  return { excludes, overrides, excluded: excludes.map(formatRequirement), overridden: overrides.map(overriddenText) }
}

/** Everything that goes in: each file once, whichever targets want it, and the direct requirements as PEX-INFO has them. */
export interface ResolvedSet {
  readonly distributions: readonly Resolved[]
  readonly requirements: readonly string[]
}

/** A wheel that is named by a path or URL is written down as its version. */
export const requirementText = (requirement: Requirement, { name, version }: Resolved): string => {
  if (requirement.url === undefined) return formatRequirement(requirement)
  const exactly = `${name}${requirement.extras.length ? `[${requirement.extras.join(',')}]` : ''}==${formatVersion(version)}`
  return requirement.marker === undefined ? exactly : formatRequirement({ ...parseRequirement(exactly), marker: requirement.marker })
}

/** Direct requirements on what is left out stay in PEX-INFO, as far as they apply to a target. */
const leftOut = (roots: readonly Root[], { excludes }: DependencyChanges, targets: readonly Target[]): string[] => {
  const names = new Set(excludes.map(({ name }) => normalizeName(name)))
  const applies = ({ marker }: Requirement) => !marker || targets.some(({ markers }) => evaluateMarker(marker, markers))
  return roots.map(({ requirement }) => requirement).filter(each => names.has(normalizeName(each.name)) && applies(each)).map(formatRequirement)
}

/** A distribution as far as `--exclude` asks of it. */
interface Excludable {
  readonly project: string
  readonly version: string
}

/** What of `--exclude` names a distribution itself. */
export const excludesOf = ({ project, version }: Excludable, { excludes }: Pick<DependencyChanges, 'excludes'>): Requirement[] => excludes.filter(each =>
  normalizeName(each.name) === normalizeName(project) && containsVersion(each.specifier, version, true))

const excludable = ({ name, version, metadata }: Resolved): Excludable => ({ project: name, version: metadata.text.get('Version') ?? formatVersion(version) })

/** Whether `--exclude` names it itself. */
export const isExcluded = (resolved: Resolved, changes: DependencyChanges): boolean => excludesOf(excludable(resolved), changes).length > 0

/** What pex warns of: that something asked for is left out. Source: pex/dependency_manager.py. */
export const exclusionWarning = ({ project, version }: Excludable, roots: readonly string[], excludes: readonly Requirement[]): string =>
  `The distribution ${project} ${version} was required by the input ${roots.length === 1 ? 'requirement' : 'requirements'} ${roots.join(' and ')} `
  + `but ultimately excluded by configured excludes: ${excludes.map(formatRequirement).join(' and ')}`

/** The same of all that was resolved. */
export const exclusionWarnings = (resolutions: readonly Resolution[], changes: DependencyChanges): string[] => {
  const excluded = new Map(resolutions.flatMap(({ distributions }) => distributions).filter(each => isExcluded(each, changes)).map(each => [each.file.fileName, each]))
  return [...excluded.values()].map(resolved => {
    const roots = [...new Set(resolved.roots.map(({ requirement }) => requirementText(requirement, resolved)))].sort(compareCodePoints)
    return exclusionWarning(excludable(resolved), roots, excludesOf(excludable(resolved), changes))
  })
}

/** Requirements that differ in how they spell the project are one, as the first spells it. */
const spelledAlike = (text: string): string => {
  const { name } = parseRequirement(text)
  return `${normalizeName(name)}${text.slice(name.length)}`
}

/** Resolutions of several targets as one set. */
export const unite = (
  resolutions: readonly Resolution[], { roots }: AskedFor, changes: DependencyChanges, targets: readonly Target[],
): ResolvedSet => {
  const distributions = new Map<string, Resolved>()
  const requirements = new Map(leftOut(roots, changes, targets).map(text => [spelledAlike(text), text]))
  for (const resolved of resolutions.flatMap(resolution => resolution.distributions)) {
    if (isExcluded(resolved, changes)) continue
    if (!distributions.has(resolved.file.fileName)) distributions.set(resolved.file.fileName, resolved)
    for (const { requirement } of resolved.roots) {
      const text = requirementText(requirement, resolved)
      if (!requirements.has(spelledAlike(text))) requirements.set(spelledAlike(text), text)
    }
  }
  return { distributions: [...distributions.values()], requirements: [...requirements.values()] }
}

/** How `--resolver-version` chooses: real pex's default on Python 3.12 and later, where it is not given. */
export const resolverVersion = (options: Arguments): keyof typeof methods =>
  (options.value('resolver_version') ?? 'pip-2020-resolver') as keyof typeof methods

const methods = { 'pip-legacy-resolver': 'legacy', 'pip-2020-resolver': 'backtracking' } as const

/** `--pre` and `--transitive`. */
export const resolverRules = (options: Arguments, { settings }: AskedFor): Pick<Resolving, 'prereleases' | 'transitive'> => ({
  prereleases: options.isOn('allow_prereleases') || settings.allReleases.has(':all:'),
  transitive: options.isOn('transitive', true),
})

/** Chooses what goes into a PEX for a target. Throws ResolutionError, IndexError. */
export const resolveDistributions = async (
  options: Arguments, asked: AskedFor, changes: DependencyChanges, target: Target, index: PackageIndex,
  { signal, uploadedBefore }: Pick<Resolving, 'signal' | 'uploadedBefore'>,
): Promise<Resolution> => {
  if (!options.isOn('allow_wheels', true) || asked.settings.noBinary.size > 0) {
    throw new PexError('Only wheels can be taken, and --no-wheel (--no-binary) forbids them: build them with `pip wheel` and name the directory with --find-links')
  }
  const [resolution] = await resolve(index, [target], {
    roots: asked.roots,
    constraints: asked.constraints,
    overrides: changes.overrides,
    excludes: changes.excludes,
    ...resolverRules(options, asked),
    method: methods[resolverVersion(options)],
    ...(signal && { signal }),
    ...(uploadedBefore !== undefined && { uploadedBefore }),
  })
  return resolution!
}

