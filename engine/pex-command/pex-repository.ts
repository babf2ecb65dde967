import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { containsVersion } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'
import { readDistributionMetadata } from '../pex/distribution-metadata.ts'
import { textsOf } from '../pex/info-fields.ts'
import { PexError } from '../pex/pex-error.ts'
import { dependenciesDirectory } from '../pex/pex-tree.ts'
import type { OpenPex } from '../pex/read-pex.ts'
import { willItRun, type Obstacle } from '../pex/will-it-run.ts'
import type { ChosenTargets } from './choose-targets.ts'
import { openPex } from './open-pex.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import type { AskedFor } from './read-requirements.ts'
import { addPexes, type AddedFromPexes } from './requirements-pexes.ts'

/** Throws PexError for what pex does not take beside `--pex-repository`. */
const refuseOthers = (options: Arguments): void => {
  if (options.has('indexes') || options.has('find_links')) {
    throw new PexError('The "--pex-repository" option cannot be used together with the "--index" or "--find-links" options.')
  }
  if (options.has('overridden')) {
    throw new PexError('The --override option cannot be used when resolving against a PEX repository. Only overrides already present in the PEX repository will be applied.')
  }
}

/** As pex names a target in these messages: a Python by its path. */
const nameOf = (target: Target): string => / interpreter at (.*)$/.exec(target.description)?.[1] ?? target.tags[0] ?? target.description

const withoutAny = ({ requirement, distributions }: Obstacle, target: Target): string => {
  const project = parseRequirement(requirement).name
  const [count, does] = distributions.length === 1 ? ['1 distribution', 'does'] : [`${distributions.length} distributions`, 'do']
  const found = distributions.map(({ fileName, hindrance }, at) => `${at + 1}.) ${fileName} ${hindrance}`)
  return [
    `A distribution for ${project} could not be resolved for ${nameOf(target)}.`,
    ...found.length ? [`Found ${count} for ${project} that ${does} not apply:`, ...found] : [],
  ].join('\n')
}

const unmet = ({ written, requirement, requiredBy, distributions }: Obstacle, at: number): string => {
  const usable = distributions.filter(({ isUsable }) => isUsable)
  return [
    `${String(at + 1).padStart(2)}: ${written}`,
    ...requiredBy.length ? ['    Required by:', ...requiredBy.map(each => `      ${each}`)] : [],
    ...usable.length
      ? ['    But this pex only contains:', ...usable.map(({ fileName }) => `      ${fileName}`)]
      : [`    But this pex had no '${parseRequirement(requirement).name}' distributions.`],
  ].join('\n')
}

/** What a PEX would take for a target if it asked for what is asked for here, by file name. Throws PexError in pex's words. */
const takenFor = async (target: Target, pex: OpenPex, path: string): Promise<readonly string[]> => {
  const { used, obstacles } = await willItRun(pex, target)
  const roots = obstacles.filter(({ requiredBy }) => requiredBy.length === 0)
  const absent = roots.find(({ distributions }) => !distributions.some(({ isUsable }) => isUsable))
  if (absent) throw new PexError(withoutAny(absent, target))
  if (obstacles.length === 0 || pex.info.ignore_errors === true) return used
  throw new PexError([
    `Failed to resolve requirements from PEX environment @ ${path}.`, `Needed ${target.tags[0]} compatible dependencies for:`, ...obstacles.map(unmet),
  ].join('\n'))
}

/**
 * What `--pex-repository` gives in place of an index: for each target the distributions that the PEX itself would choose of its own. Source:
 * pex/resolve/pex_repository_resolver.py. Throws FileProblem and PexError.
 */
export const takeFromPex = async (
  path: string, options: Arguments, { roots, constraints }: AskedFor, { targets }: ChosenTargets, home: PexHome,
): Promise<AddedFromPexes> => {
  refuseOthers(options)
  const pex = await openPex(path, home)
  const wanted = roots.length ? roots.map(({ requirement }) => requirement) : textsOf(pex.info.requirements).map(parseRequirement)
  const excluded = [...textsOf(pex.info.excluded), ...options.values('excluded')]
  const asking: OpenPex = { ...pex, info: { ...pex.info, excluded, requirements: wanted.map(formatRequirement) } }
  const used = new Set<string>()
  for (const target of targets) for (const fileName of await takenFor(target, asking, absolutePath(path, home.directory))) used.add(fileName)

  const taken = new Map<string, Requirement[]>()
  for (const fileName of used) {
    const { project, version } = await readDistributionMetadata(fileName, pex.distributions.get(fileName)!)
    const isOf = (requirement: Requirement) => normalizeName(requirement.name) === normalizeName(project)
    const direct = wanted.filter(isOf)
    if (direct.length === 0 && !options.isOn('transitive', true)) continue
    const broken = constraints.filter(({ requirement }) => isOf(requirement) && !containsVersion(requirement.specifier, version, true))
    if (broken.length && !options.has('ignore_errors')) {
      const said = broken.map(({ requirement }) => formatRequirement(requirement)).join('\n')
      throw new PexError(`The following constraints were not satisfied by ${path}/${dependenciesDirectory}/${fileName} resolved from ${path}:\n${said}`)
    }
    taken.set(fileName, direct)
  }
  const distributions = new Map([...pex.distributions].filter(([fileName]) => taken.has(fileName)))
  const added = await addPexes(new Map([[path, { ...pex, distributions }]]), options, home)
  return { ...added, requirements: [...new Set([...taken.values()].flat().map(formatRequirement))] }
}
