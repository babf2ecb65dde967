import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { containsVersion } from '../packaging/specifier-set.ts'
import type { Target } from '../packaging/target.ts'
import { dependencyRules, withoutMarker } from './dependency-rules.ts'
import { madeByOf, textsOf } from './info-fields.ts'
import { meetsConstraint, parseInterpreterConstraint } from './interpreter-constraint.ts'
import { newestPython } from './newest-python.ts'
import { pexPathsOf } from './pex-paths.ts'
import type { OpenPex } from './read-pex.ts'
import { usableDistributions, type Usability } from './usable-distributions.ts'

/** A requirement that the PEX cannot meet on the target. */
export interface Obstacle {
  requirement: string
  /** The same with its marker. */
  written: string
  /** The distributions that need it, `requests 2.34.2`; none where the PEX itself does. */
  requiredBy: string[]
  /** The distributions of that project which the PEX has, why each is not used, and whether the target could use it if another version were asked for. */
  distributions: { fileName: string; hindrance: string; isUsable: boolean }[]
}

export interface Verdict {
  /** `perhaps`: nothing stands in the way, but the target's name leaves a marker undecided. */
  runs: 'yes' | 'no' | 'perhaps'
  /** As the target calls itself. */
  target: string
  obstacles: Obstacle[]
  /** The interpreter constraints, where the target's interpreter meets none of them. */
  constraints: string[]
  /** Where the runtime does not start on the target's Python: the pex that it is of, and the newest Python on which it does. */
  tooNew: { pex: string; newest: string } | undefined
  /** The PEXes that it loads as well, by their paths. */
  pexPath: string[]
  /** What it was built without, on purpose. */
  excluded: string[]
  /** Markers that ask for what the target does not tell. */
  undecided: string[]
  /** The distributions that would be imported from, by file name. */
  used: string[]
}

/** PyPy is told apart by no release that was tried. */
const runtimeLimit = (info: OpenPex['info'], { markers }: Target): Verdict['tooNew'] => {
  const pex = madeByOf(info)
  const newest = pex === undefined ? undefined : newestPython(pex)
  const [, minor] = /^3\.(\d+)/.exec(markers.python_version ?? markers.python_full_version ?? '') ?? []
  if (pex === undefined || newest === undefined || minor === undefined || Number(minor) <= newest) return undefined
  return { pex, newest: `3.${newest}` }
}

/**
 * Whether a PEX finds on a target all that it needs, decided as the PEX's own runtime decides it when it starts there. Source:
 * pex/environment.py. Of a `--pex-path` nothing is known, so its distributions are not counted. A runtime older than the Python may
 * not start. Throws PackagingError where
 * PEX-INFO or metadata hold what is no requirement, PexError or ZipError where a distribution is damaged.
 */
export const willItRun = async (pex: OpenPex, target: Target): Promise<Verdict> => {
  const available = await usableDistributions(pex, target)
  const { excludes, override } = dependencyRules(pex)
  const undecided = new Set<string>()
  const unmet = new Map<string, Obstacle>()
  /** Project -> the extras that were resolved with it, each set once. */
  const resolved = new Map<string, Set<string>[]>()
  const used = new Set<string>()

  const applies = (requirement: Requirement, extras: readonly string[] = []): boolean => {
    const { marker } = requirement
    if (marker === undefined) return true
    try {
      return (extras.length ? extras : ['']).some((extra) => evaluateMarker(marker, { ...target.markers, extra }))
    } catch (error) {
      if (!(error instanceof PackagingError) || error.code !== 'undefined-environment-name') throw error
      undecided.add(`${requirement.name}: ${error.message}`)
      return false
    }
  }
  const satisfying = ({ name, specifier }: Requirement): Usability[] =>
    (available.get(normalizeName(name)) ?? []).filter(({ hindrance, version }) => hindrance === undefined && containsVersion(specifier, version, true))

  const missing = (requirement: Requirement, by: Usability | undefined): void => {
    const text = withoutMarker(requirement)
    const obstacle = unmet.get(text) ?? { requirement: text, written: formatRequirement(requirement), requiredBy: [], distributions: [] }
    const wrongVersion = (version: string) => `is version ${version}`
    obstacle.distributions = (available.get(normalizeName(requirement.name)) ?? [])
      .map(({ fileName, hindrance, version }) => ({ fileName, hindrance: hindrance ?? wrongVersion(version), isUsable: hindrance === undefined }))
    if (by) obstacle.requiredBy = [...new Set([...obstacle.requiredBy, `${by.project} ${by.version}`])]
    unmet.set(text, obstacle)
  }

  const resolve = (root: Requirement): void => {
    const waiting: { requirement: Requirement; by: Usability | undefined }[] = [{ requirement: root, by: undefined }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { requirement, by } = next
      const name = normalizeName(requirement.name)
      const before = resolved.get(name) ?? []
      if (excludes(requirement) || before.some((extras) => requirement.extras.every((extra) => extras.has(extra)))) continue
      const [best] = satisfying(requirement)
      if (!best) {
        missing(requirement, by)
        continue
      }
      resolved.set(name, [...before, new Set(requirement.extras)])
      used.add(best.fileName)
      const dependencies = best.requires.map((text) => override(parseRequirement(text), applies))
      for (const dependency of dependencies.reverse()) {
        if (applies(dependency, requirement.extras)) waiting.push({ requirement: dependency, by: best })
      }
    }
  }

  const roots = new Map<string, Requirement[]>()
  for (const requirement of textsOf(pex.info.requirements).map(parseRequirement)) {
    if (excludes(requirement) || !applies(requirement)) continue
    const name = normalizeName(requirement.name)
    roots.set(name, [...(roots.get(name) ?? []), requirement])
  }
  for (const requirements of roots.values()) {
    const met = requirements.filter((requirement) => satisfying(requirement).length > 0)
    if (met.length === 0) for (const requirement of requirements) missing(requirement, undefined)
    else resolve({ ...met[0]!, extras: [...new Set(met.flatMap(({ extras }) => extras))] })
  }

  const constraints = textsOf(pex.info.interpreter_constraints)
  const met = constraints.length === 0 || constraints.some((each) => meetsConstraint(parseInterpreterConstraint(each), target))
  const tooNew = runtimeLimit(pex.info, target)
  const fails = !met || tooNew !== undefined || (unmet.size > 0 && pex.info.ignore_errors !== true)
  return {
    runs: fails ? 'no' : undecided.size ? 'perhaps' : 'yes',
    target: target.description,
    obstacles: [...unmet.values()],
    constraints: met ? [] : constraints,
    tooNew,
    pexPath: pexPathsOf(pex.info),
    excluded: textsOf(pex.info.excluded),
    undecided: [...undecided],
    used: [...used],
  }
}
