import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { containsVersion, formatSpecifierSet, type SpecifierSet } from '../packaging/specifier-set.ts'
import { textsOf } from './info-fields.ts'
import type { OpenPex } from './read-pex.ts'

/** What PEX-INFO's `excluded` and `overridden` make of requirements. */
export interface DependencyRules {
  excludes(requirement: Requirement): boolean
  /** What takes a requirement's place: the first that `applies`, or the requirement itself. */
  override(requirement: Requirement, applies: (requirement: Requirement) => boolean): Requirement
}

/** Whether versions that `inner` takes are ones that `outer` takes: sure for all versions, equal sets, and a pinned version. */
const includes = (outer: SpecifierSet, inner: SpecifierSet): boolean => {
  if (outer.specifiers.length === 0 || formatSpecifierSet(outer) === formatSpecifierSet(inner)) return true
  return inner.specifiers.some(({ operator, text, wildcard }) => operator.startsWith('==') && !wildcard && containsVersion(outer, text))
}

const overridden = /^([A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9])\s*=\s*([A-Z0-9].*)$/i

/** Reads the rules of a PEX. Source: pex/dependency_configuration.py. Throws PackagingError. */
export const dependencyRules = ({ info }: OpenPex): DependencyRules => {
  const excluded = textsOf(info.excluded).map(parseRequirement)
  const overrides = textsOf(info.overridden).map((text) => {
    const [, project, replacement] = overridden.exec(text) ?? []
    const requirement = parseRequirement(replacement ?? text)
    return { project: normalizeName(project ?? requirement.name), requirement }
  })
  return {
    excludes: ({ name, specifier }) =>
      excluded.some((each) => normalizeName(each.name) === normalizeName(name) && includes(each.specifier, specifier)),
    override: (requirement, applies) => {
      const found = overrides.find((each) => each.project === normalizeName(requirement.name) && applies(each.requirement))
      return found?.requirement ?? requirement
    },
  }
}

/** A requirement without its marker: that it applies is settled. */
export const withoutMarker = (requirement: Requirement): string => formatRequirement({ ...requirement, marker: undefined })
