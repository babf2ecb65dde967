import { decodeSource } from '../packaging/decode-source.ts'
import { parseDependencyGroups, requirementsOfGroup, type DependencyGroups } from '../packaging/dependency-groups.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, type Requirement } from '../packaging/requirement.ts'
import { absolutePath, joinPath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { UsageError } from './usage-error.ts'

const wrong = (problem: string) => new UsageError(`argument --group/--dependency-group: ${problem}`)

const readProject = async (spec: string, directory: string, home: PexHome): Promise<DependencyGroups> => {
  const project = `The project directory specified by '${spec}'`
  if (await home.files.kind(directory) !== 'directory') throw wrong(`${project} is not a directory`)
  const path = joinPath(directory, 'pyproject.toml')
  if (await home.files.kind(path) !== 'file') throw wrong(`${project} does not contain a pyproject.toml file`)
  try {
    return parseDependencyGroups(decodeSource(await home.files.read(path), path), directory)
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw wrong(`Failed to read \`[dependency-groups]\` metadata from ${path} when parsing dependency group spec '${spec}': ${error.message}`)
  }
}

/**
 * The requirements of groups that `GROUP[@DIR]` names, each once. Throws UsageError and PackagingError in pex's words. Source:
 * pex/resolve/project.py.
 */
export const readGroups = async (specs: readonly string[], home: PexHome): Promise<Requirement[]> => {
  const requirements = new Map<string, Requirement>()
  for (const spec of specs) {
    const [, group = '', place = ''] = /^([^@]*)@?([^]*)$/.exec(spec)!
    const where = absolutePath(place, home.directory)
    const directory = await home.files.kind(where) === 'directory' ? await home.files.realPath(where) : where
    const project = await readProject(spec, directory, home)
    if (!project.groups.has(normalizeName(group))) {
      throw new PackagingError(`The dependency group '${group}' specified by '${spec}' does not exist in ${joinPath(directory, 'pyproject.toml')}`)
    }
    for (const requirement of requirementsOfGroup(project, group)) requirements.set(formatRequirement(requirement), requirement)
  }
  return [...requirements.values()]
}
