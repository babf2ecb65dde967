import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, type Requirement } from '../packaging/requirement.ts'
import type { Target } from '../packaging/target.ts'
import { formatVersion } from '../packaging/version.ts'
import { admitsVersion } from './admissions.ts'
import { dependenciesOf } from './dependencies.ts'
import type { Resolution, Resolved, Resolving } from './resolution.ts'

const complaint = (requiredBy: string, resolved: readonly Resolved[], requirement: Requirement): string[] => {
  if (resolved.length === 0) return [`    ${requiredBy} but no version was resolved`]
  if (resolved.some(({ version }) => admitsVersion(requirement, version))) return []
  const were = resolved.length > 1 ? 'dists were' : 'dist was'
  return [
    `    ${requiredBy} but ${resolved.length} incompatible ${were} resolved:`,
    ...resolved.map(({ file }) => `        ${file.fileName}`),
  ]
}

/**
 * Whether every requirement of what was resolved is met by what was resolved, which the legacy resolver does not see to. What is not, in
 * real pex's words (its check after resolving); undefined where all is well. Several targets share their distributions,
 * each told once for every target that has it, as there.
 */
export const checkResolution = (
  targets: readonly Target[], resolutions: readonly Resolution[], rules: Pick<Resolving, 'excludes' | 'overrides'>,
): string | undefined => {
  const byProject = new Map<string, Resolved[]>()
  for (const resolved of resolutions.flatMap(({ distributions }) => distributions)) {
    const name = normalizeName(resolved.name)
    byProject.set(name, [...byProject.get(name) ?? [], resolved])
  }
  const check = (requiredBy: string, requirement: Requirement) => complaint(requiredBy, byProject.get(normalizeName(requirement.name)) ?? [], requirement)
  const shown = (requirement: Requirement) => formatRequirement(requirement)
  const failures = targets.flatMap((target, at) => {
    const lines = (resolutions[at]?.distributions ?? []).flatMap(({ name, version, metadata, roots }) => [
      ...roots.flatMap(({ requirement }) => check(`${shown(requirement)} was requested`, requirement)),
      ...dependenciesOf(metadata, target, { ...rules, transitive: true })
        .flatMap(requirement => check(`${name} ${formatVersion(version)} requires ${shown(requirement)}`, requirement)),
    ])
    return lines.length === 0 ? [] : [[`${target.description} is not compatible with:`, ...lines].join('\n')]
  })
  if (failures.length === 0) return undefined
  const count = `${failures.length} ${failures.length === 1 ? 'target' : 'targets'}`
  return [`Failed to resolve compatible distributions for ${count}:`, ...failures.map((failure, at) => `${at + 1}: ${failure}`)].join('\n')
}
