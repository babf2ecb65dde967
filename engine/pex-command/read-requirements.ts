import { withoutPasswords } from '../index/without-passwords.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { isUrl, readRequirementsFile, type RequirementLine, type RequirementsFile, type RequirementsSource } from '../packaging/requirements-file.ts'
import { initialSettings, type RequirementsSettings } from '../packaging/requirements-settings.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Root } from '../resolver/resolution.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { readGroups } from './read-groups.ts'
import type { FileRepository } from './repositories.ts'
import { readRequirement, refuseUnbuilt, type Place } from './requirement-root.ts'
import { requirementsSource } from './requirements-source.ts'
import type { SourceScope } from './source-scope.ts'

/** All that is asked for, and what requirements files say about where and how to look. */
export interface AskedFor {
  readonly roots: readonly Root[]
  readonly constraints: readonly Root[]
  readonly settings: RequirementsSettings
  /** The places that the files of -r name. */
  readonly repositories: readonly FileRepository[]
}

const directoryOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

/** A URL stays. */
const located = (file: string, directory: string): string => (isUrl(file) ? file : absolutePath(file, directory))

/** `-r requirements.txt (line 3)` -> the file. */
const fileOf = ({ comesFrom }: RequirementLine, directory: string): string =>
  located(/^-[rc] (.*) \(line \d+\)$/.exec(comesFrom)?.[1] ?? '', directory)

const placeOf = (line: RequirementLine, directory: string): Place => {
  const { written: { first, last, text } } = line
  const path = fileOf(line, directory)
  return { at: `${path} ${first === last ? `line ${first}` : `lines ${first}-${last}`}`, written: text, directory: directoryOf(path) }
}

/** pex puts together what it has stripped; the spaces that this saves show in its messages only. */
const joined = ({ requirement, written: { first, last } }: RequirementLine): string =>
  (first === last ? requirement : requirement.replace(/("[^"]*"|'[^']*')| {2,}/g, (_, quoted?: string) => quoted ?? ' '))

const hashTexts = ({ hashes }: RequirementLine): string[] =>
  Object.entries(hashes).flatMap(([algorithm, digests]) => digests.map(digest => `${algorithm}:${digest}`))

const readLine = async (line: RequirementLine, home: PexHome): Promise<Root> => {
  if (line.editable) throw new PexError(`${line.requirement} is asked for as editable, which a PEX cannot hold: build it with \`pip wheel ${line.requirement}\` and give the wheel`)
  const requirement = await readRequirement(joined(line), placeOf(line, home.directory), home.files)
  return { requirement, from: line.comesFrom, hashes: hashTexts(line) }
}

const readFile = async (
  location: string, constraint: boolean, settings: RequirementsSettings, source: RequirementsSource, home: PexHome,
): Promise<RequirementsFile> => {
  // pex reads the file itself before pip does, by its absolute path; constraints it leaves to pip.
  if (!constraint && !isUrl(location)) await home.files.read(absolutePath(location, home.directory))
  try {
    const read = await readRequirementsFile(location, source, { constraint, settings })
    for (const warning of read.warnings) await home.errors.write(`pip: WARNING: ${withoutPasswords(warning)}\n`)
    return read
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new PexError(`pip: ERROR: ${error.message}`)
  }
}

/**
 * The requirements of the command line, of --group, of -r and of --constraints, with the settings that the files hold. Throws PexError and
 * FileProblem.
 */
export const readRequirements = async (options: Arguments, scripts: readonly string[], home: PexHome): Promise<AskedFor> => {
  const settings = initialSettings()
  const source = requirementsSource(options, home)
  const lines: RequirementLine[] = []
  const roots: Root[] = []
  for (const text of [...options.operands, ...scripts]) {
    try {
      const requirement = await readRequirement(text, { at: '<string> line 1', written: text, directory: home.directory }, home.files)
      roots.push({ requirement, from: undefined, hashes: [] })
    } catch (error) {
      if (!(error instanceof PexError) || !error.message.startsWith('<string>')) throw error
      throw new PexError(`Given an invalid requirement string of ${text}: ${error.message}`)
    }
  }
  for (const requirement of await readGroups(options.values('dependency_groups'), home)) {
    if (requirement.url !== undefined) refuseUnbuilt(requirement.url, requirement.url)
    roots.push({ requirement, from: undefined, hashes: [] })
  }
  const places: RequirementsFile['places'] = []
  for (const location of options.values('requirement_files')) {
    const read = await readFile(location, false, settings, source, home)
    lines.push(...read.requirements)
    places.push(...read.places)
  }
  for (const location of options.values('constraint_files')) lines.push(...(await readFile(location, true, settings, source, home)).requirements)
  const constraints: Root[] = []
  const wanted = new Map<string, SourceScope[]>()
  for (const line of lines) {
    const root = await readLine(line, home)
    if (line.constraint) constraints.push(root)
    else {
      roots.push(root)
      const { name, marker } = root.requirement
      const file = fileOf(line, home.directory)
      wanted.set(file, [...wanted.get(file) ?? [], { project: normalizeName(name), marker }])
    }
  }
  const repositories = places.map(({ option, location, file }): FileRepository => (
    { kind: option === '--find-links' ? 'findLinks' : 'indexes', location, wanted: wanted.get(located(file, home.directory)) ?? [] }))
  return { roots, constraints, settings, repositories }
}
