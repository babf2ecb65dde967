import { installedName } from '../install/installed-name.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { namesPrerelease } from '../packaging/specifier.ts'
import { containsVersion, parseSpecifierSet } from '../packaging/specifier-set.ts'
import { formatVersion } from '../packaging/version.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { PexError } from '../pex/pex-error.ts'
import { appliesTo, isExcluded, overrideFor } from '../resolver/dependencies.ts'
import type { Venv } from './open-venvs.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexWarner } from './pex-warner.ts'
import type { Request } from './request.ts'
import { excludesOf, exclusionWarning, resolverRules, type DependencyChanges } from './resolve-distributions.ts'
import { venvDistributions, type VenvDistribution, type VenvDistributions } from './venv-distributions.ts'

/** What environments give, and the direct requirements that chose it, as PEX-INFO has them. */
export interface TakenFromVenvs {
  readonly distributions: readonly VenvDistribution[]
  readonly requirements: readonly string[]
}

/** What is asked for, with who asks, as messages name it. */
interface Wanted {
  readonly requirement: Requirement
  /** Those of the distribution that asks. */
  readonly extras: readonly string[]
  readonly named: string
}

interface Choosing {
  readonly roots: readonly Requirement[]
  readonly constraints: readonly Requirement[]
  readonly prereleases: boolean
  readonly changes: DependencyChanges
}

/** The targets of a command line are those of its environments. Throws PexError in pex's words. */
const refuseTargets = (venvs: readonly Venv[], options: Arguments, constraints: readonly string[]): void => {
  if (constraints.length === 0 && !['python', 'platforms', 'complete_platforms'].some(options.has)) return
  const described = venvs.map(({ python }) => python.target.description)
  const isOne = described.length === 1
  const targets = isOne ? ` ${described.join('')}` : described.map(each => `\n  ${each}`).join('')
  throw new PexError([
    'You configured custom targets via --python, --interpreter-constraint, --platform or --complete-platform but custom targets are not allowed when resolving from '
    + `${isOne ? 'a virtual environment' : 'virtual environments'}.`,
    `For such resolves, the supported target is implicitly the one matching the venv ${isOne ? 'interpreter' : 'interpreters'}; in this case:${targets}.`,
  ].join('\n'))
}

/** A wheel that is named by a path or URL stands for its version. */
const pinned = (requirement: Requirement): Requirement => {
  if (requirement.url === undefined) return requirement
  const { version } = parseWheelName(decodeURIComponent(new URL(requirement.url).pathname.split('/').at(-1)!))
  return { ...requirement, url: undefined, specifier: parseSpecifierSet(`==${formatVersion(version)}`) }
}

/** What an environment has of the requirements and of all that they need. Throws PexError in pex's words where something is not there. */
const choose = async (venv: Venv, { find }: VenvDistributions, { roots, constraints, prereleases, changes }: Choosing): Promise<VenvDistribution[]> => {
  const { target } = venv.python
  const fail = (message: string): never => {
    throw new PexError(`Resolve from venv at ${venv.path} failed: ${message}`)
  }
  const meets = ({ project, version }: VenvDistribution, requirement: Requirement) =>
    normalizeName(requirement.name) !== normalizeName(project) || containsVersion(requirement.specifier, version, prereleases)
  const chosen: VenvDistribution[] = []
  /** Project -> the extras that were resolved with it, each set once. */
  const resolved = new Map<string, ReadonlySet<string>[]>()
  const waiting: Wanted[] = roots.map(requirement => ({ requirement, extras: [], named: `top level requirement ${formatRequirement(requirement)}` }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { requirement, extras, named } = next
    const project = normalizeName(requirement.name)
    const asked = requirement.extras.map(normalizeName)
    const before = resolved.get(project) ?? []
    if (before.some(each => asked.every(extra => each.has(extra)))) continue
    if (isExcluded(requirement, changes.excludes) || !appliesTo(requirement, target, extras)) continue
    const found = await find(project)
    if (!found) return fail(`The virtual environment does not have ${project} installed but it is required by ${named}`)
    const isConstrained = !constraints.filter(each => appliesTo(each, target, extras)).every(each => meets(found, each))
    if (!meets(found, requirement) || isConstrained) {
      const why = meets(found, requirement) ? ' due to supplied constraints' : ''
      return fail(`The virtual environment has ${found.project} ${found.version} installed but it does not meet ${named}${why}.`)
    }
    resolved.set(project, [...before, new Set(asked)])
    chosen.push(found)
    for (const each of found.requires) {
      const dependency = overrideFor(each, changes.overrides, target) ?? each
      waiting.push({ requirement: dependency, extras: requirement.extras, named: `${named} -> ${formatRequirement(dependency)}` })
    }
  }
  return chosen
}

/** Runs a work for each environment; what fails in several is told in one message. */
const forEach = async <T>(venvs: readonly Venv[], work: (venv: Venv) => Promise<T>): Promise<T[]> => {
  const results: T[] = []
  const failures: PexError[] = []
  for (const venv of venvs) {
    try {
      results.push(await work(venv))
    } catch (error) {
      if (!(error instanceof PexError)) throw error
      failures.push(error)
    }
  }
  if (failures.length === 1) throw failures[0]!
  if (failures.length === 0) return results
  const told = failures.map(({ message }, at) => `${at + 1}. ${message}`).join('\n')
  throw new PexError(`Failed to resolve from ${failures.length} of ${venvs.length} virtual environments:\n${told}`)
}

/**
 * What `--venv-repository` gives in place of an index: what is asked for and what that needs, or all that is installed where nothing is asked
 * for. Of a distribution that several environments have, the first counts. Source: pex/resolve/venv_resolver.py. Throws PexError in pex's words.
 */
export const takeFromVenvs = async (
  venvs: readonly Venv[], options: Arguments, { asked, constraints, changes }: Request, home: PexHome,
): Promise<TakenFromVenvs> => {
  refuseTargets(venvs, options, constraints)
  const roots = asked.roots.map(({ requirement }) => pinned(requirement))
  const choosing: Choosing = {
    roots, changes,
    constraints: asked.constraints.map(({ requirement }) => requirement),
    prereleases: resolverRules(options, asked).prereleases || roots.some(({ specifier }) => specifier.specifiers.some(namesPrerelease)),
  }
  const given = await forEach(venvs, async venv => {
    const installed = await venvDistributions(venv, options, home.files)
    return roots.length ? choose(venv, installed, choosing) : installed.all()
  })

  const warn = pexWarner(options, home)
  const requirements = new Set<string>()
  const distributions = new Map<string, VenvDistribution>()
  for (const distribution of given.flat()) {
    const { project, version, tag } = distribution
    const wheel = await distribution.file(`${distribution.prefix}.dist-info/WHEEL`)
    const name = installedName(distribution, new TextDecoder().decode(await wheel?.read()), tag)
    if (distributions.has(name)) continue
    const direct = roots.length ? roots.filter(each => normalizeName(each.name) === normalizeName(project)) : [parseRequirement(`${project}==${version}`)]
    const texts = direct.map(formatRequirement)
    for (const text of texts) requirements.add(text)
    const excludes = excludesOf(distribution, changes)
    if (excludes.length) warn(exclusionWarning(distribution, texts, excludes))
    else distributions.set(name, distribution)
  }
  return { distributions: [...distributions.values()], requirements: [...requirements] }
}
