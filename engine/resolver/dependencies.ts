import type { CoreMetadata } from '../packaging/core-metadata.ts'
import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { pythonRepr, strip } from '../packaging/python-text.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import { includesVersions } from './includes-versions.ts'
import type { Override, Resolving } from './resolution.ts'
import { ResolutionError } from './resolution-error.ts'

/** What changes what distributions ask for. Source: pex's --exclude, --override and --no-transitive. */
export type DependencyRules = Pick<Resolving, 'excludes' | 'overrides' | 'transitive'>

/** Whether a requirement holds for a target; `extras` are those that were asked of the distribution that asks. */
export const appliesTo = ({ marker }: Requirement, { markers }: Target, extras: readonly string[] = []): boolean =>
  marker === undefined || (extras.length === 0 ? [''] : extras).some(extra => evaluateMarker(marker, { ...markers, extra }))

const isOf = (project: string, requirement: Requirement): boolean => normalizeName(requirement.name) === project

/** Excluding `cc` leaves out every requirement on it; excluding `cc<2` those that ask for nothing else, such as `cc<1.5`. */
export const isExcluded = (requirement: Requirement, excludes: readonly Requirement[]): boolean =>
  excludes.some(excluded => isOf(normalizeName(requirement.name), excluded) && includesVersions(excluded.specifier, requirement.specifier))

/** The one override that a target takes instead of a requirement; pex's words where there are several. */
export const overrideFor = (requirement: Requirement, overrides: readonly Override[], target: Target): Requirement | undefined => {
  const found = overrides.filter(({ project }) => isOf(normalizeName(project), requirement)).map(override => override.requirement)
    .filter(({ marker }) => marker === undefined || evaluateMarker(marker, target.markers))
  if (found.length <= 1) return found[0]
  const shown = (each: Requirement) => pythonRepr(formatRequirement(each))
  throw new ResolutionError([
    `Invalid override configuration for target ${target.description}.`,
    `More than one applicable override was found for ${shown(requirement)}:`,
    ...found.map((each, at) => `${at + 1}. ${shown(each)}`),
  ].join('\n'), target, { kind: 'overrides', requirement })
}

/**
 * What a distribution asks for on a target, excludes and overrides applied, in the order of its metadata. Throws PackagingError where a
 * Requires-Dist cannot be read, or asks for a variable that the target does not know; ResolutionError where overrides contradict each other.
 */
export const dependenciesOf = (
  metadata: CoreMetadata, target: Target, rules: DependencyRules, extras: readonly string[] = [],
): Requirement[] => {
  if (!rules.transitive) return []
  return (metadata.lists.get('Requires-Dist') ?? []).map(text => parseRequirement(strip(text)))
    .filter(requirement => appliesTo(requirement, target, extras))
    .filter(requirement => !isExcluded(requirement, rules.excludes))
    .map(requirement => overrideFor(requirement, rules.overrides, target) ?? requirement)
}
