import type { TomlTable, TomlValue } from 'smol-toml'
import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import { readToml } from './read-toml.ts'
import { parseRequirement, type Requirement } from './requirement.ts'

/** The dependency groups of a project, by their normal names; members are not looked at before they are asked for. */
export interface DependencyGroups {
  /** The project's directory, for messages. */
  readonly directory: string
  readonly groups: ReadonlyMap<string, TomlValue>
}

const isTable = (value: TomlValue | undefined): value is TomlTable => typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)

/** The `[dependency-groups]` of a pyproject.toml (PEP 735). Throws PackagingError where it has none. */
export const parseDependencyGroups = (toml: string, directory: string): DependencyGroups => {
  const table = readToml(toml, 'it')['dependency-groups']
  if (!isTable(table)) throw new PackagingError('it has no [dependency-groups]')
  return { directory, groups: new Map(Object.entries(table).map(([name, members]) => [normalizeName(name), members])) }
}

const readMember = (member: TomlValue, item: string, entry: string): Requirement | { readonly includes: string } => {
  if (typeof member === 'string') {
    try {
      return parseRequirement(member)
    } catch (error) {
      if (!(error instanceof PackagingError)) throw error
      throw new PackagingError(`${entry}\n${item}: '${member}', is an invalid dependency specifier: ${error.message}`)
    }
  }
  if (!isTable(member)) throw new PackagingError(`${entry}\n${item} is not a dependency specifier or a dependency group include.`)
  const includes = member['include-group']
  if (typeof includes === 'string') return { includes }
  throw new PackagingError(
    `${entry}\n${item} is a non 'include-group' table and only dependency specifiers and single entry 'include-group' tables are allowed in group dependency lists.`,
  )
}

/**
 * The requirements of a group, those of the groups that it includes in their place; a group counts where it is met first, so circles do no
 * harm. Throws PackagingError in pex's words, an empty group included. Source: pex/resolve/project.py.
 */
export const requirementsOfGroup = ({ directory, groups }: DependencyGroups, name: string): Requirement[] => {
  const seen = new Set<string>()
  const read = (group: string, requiredBy?: string): Requirement[] => {
    const key = normalizeName(group)
    if (seen.has(key)) return []
    seen.add(key)
    const members = groups.get(key)
    if (members === undefined || (Array.isArray(members) && members.length === 0)) {
      const by = requiredBy === undefined ? '' : ` required by dependency group '${normalizeName(requiredBy)}'`
      throw new PackagingError(`The dependency group '${key}'${by} does not exist in the project at ${directory}.`)
    }
    if (!Array.isArray(members)) {
      throw new PackagingError(
        `Invalid dependency group '${key}' in the project at ${directory}.\nThe value must be a list containing dependency specifiers or dependency group includes.`,
      )
    }
    return members.flatMap((member, index) => {
      const found = readMember(member, `Item ${index + 1}`, `Invalid [dependency-group] entry '${group}'.`)
      return 'includes' in found ? read(found.includes, group) : [found]
    })
  }
  return read(name)
}
