import type { PackageIndex } from '../index/package-index.ts'
import { PexError } from '../pex/pex-error.ts'
import { checkResolution } from '../resolver/check-resolution.ts'
import { resolutionWarnings } from '../resolver/resolution-warnings.ts'
import type { Resolution } from '../resolver/resolution.ts'
import { checkBuildRules } from './build-rules.ts'
import { chooseTargets, type ChosenTargets } from './choose-targets.ts'
import { constraintText } from './constraint-text.ts'
import { openVenvs } from './open-venvs.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexWarner } from './pex-warner.ts'
import type { Progress } from './progress.ts'
import { readRequirements, type AskedFor } from './read-requirements.ts'
import { readRepositories, type GivenRepositories } from './repositories.ts'
import { resolveAll } from './resolve-all.ts'
import { takeFromPex } from './pex-repository.ts'
import { readRequirementsPexes, type AddedFromPexes } from './requirements-pexes.ts'
import { dependencyChanges, resolverRules, type DependencyChanges } from './resolve-distributions.ts'
import { openIndexes } from './search-places.ts'
import type { VenvDistribution } from './venv-distributions.ts'
import { takeFromVenvs } from './venv-repository.ts'

/** What a command line asks for, and what it is for. */
export interface Request {
  readonly asked: AskedFor
  readonly repositories: GivenRepositories
  /** Interpreter constraints, as PEX-INFO has them. */
  readonly constraints: readonly string[]
  readonly chosen: ChosenTargets
  readonly changes: DependencyChanges
  readonly added: AddedFromPexes
  /** What environments give, not installed yet. */
  readonly fromVenvs: readonly VenvDistribution[]
}

/** What a script's PEP 723 block adds to the command line. */
export interface ScriptRequest {
  readonly dependencies: readonly string[]
  readonly constraints: readonly string[]
}

/** Reads requirements, constraints and targets. Throws what `describeError` has words for. */
export const readRequest = async (options: Arguments, script: ScriptRequest, home: PexHome): Promise<Request> => {
  const venvs = await openVenvs(options, home)
  const repositories = readRepositories(options)
  checkBuildRules(options, pexWarner(options, home))
  const asked = await readRequirements(options, script.dependencies, home)
  const given = options.values('interpreter_constraint')
  const constraints = (given.length ? given : script.constraints).map(constraintText)
  const chosen = await chooseTargets(options, constraints, home)
  const added = await readRequirementsPexes(options, home)
  const request: Request = { asked, repositories, constraints, chosen, added, changes: dependencyChanges(options, added), fromVenvs: [] }
  const withoutIndex = { ...request, asked: { ...asked, roots: [], constraints: [] } }
  if (venvs.length) {
    const { distributions, requirements } = await takeFromVenvs(venvs, options, request, home)
    return { ...withoutIndex, added: { ...added, requirements: [...added.requirements, ...requirements] }, fromVenvs: distributions }
  }
  const repository = options.value('pex_repository')
  if (!repository) return request
  const taken = await takeFromPex(repository, options, asked, chosen, home)
  const both: AddedFromPexes = {
    installed: [...added.installed, ...taken.installed], wheels: [...added.wheels, ...taken.wheels], requirements: [...added.requirements, ...taken.requirements],
    excluded: [...added.excluded, ...taken.excluded], overridden: [...added.overridden, ...taken.overridden],
  }
  return { ...withoutIndex, added: both, changes: dependencyChanges(options, both) }
}

const warn = async (options: Arguments, { asked, chosen, changes }: Request, resolutions: readonly Resolution[], progress: Progress): Promise<void> => {
  const rules = { ...changes, ...resolverRules(options, asked), roots: asked.roots }
  const odd = resolutions.flatMap((resolution, at) => resolutionWarnings(chosen.targets[at]!, resolution, rules))
  for (const what of new Set(odd)) await progress.warn(what)
}

/** Chooses distributions for every target, checked as real pex checks them. Throws what `describeError` has words for. */
export const resolveRequest = async (
  options: Arguments, request: Request, home: PexHome, progress: Progress,
): Promise<{ index: PackageIndex; resolutions: readonly Resolution[] }> => {
  const { asked, repositories, chosen, changes } = request
  await progress.stage(`Resolving distributions for requirements: ${asked.roots.map(({ requirement }) => requirement.name).join(' ')}`)
  const indexFor = await openIndexes(options, repositories, asked, home)
  const resolutions = await resolveAll(options, asked, changes, chosen.targets, indexFor, home)
  await warn(options, request, resolutions, progress)
  const isChecked = options.isOn('transitive', true) && !options.isOn('ignore_errors')
  const clash = isChecked ? checkResolution(chosen.targets, resolutions, changes) : undefined
  if (clash !== undefined) throw new PexError(clash)
  return { index: indexFor(), resolutions }
}
