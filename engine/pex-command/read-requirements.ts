import type { IndexSettings } from '../index/index-settings.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { readRequirementsFile, type RequirementLine } from '../packaging/requirements-file.ts'
import { initialSettings, type RequirementsSettings } from '../packaging/requirements-settings.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Root } from '../resolver/resolution.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { readGroups } from './read-groups.ts'
import { readRequirement, refuseUnbuilt, type Place } from './requirement-root.ts'

/** All that is asked for, and what requirements files say about where and how to look. */
export interface AskedFor {
  readonly roots: readonly Root[]
  readonly constraints: readonly Root[]
  readonly settings: RequirementsSettings
}

const directoryOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

/** `-r requirements.txt (line 3)` -> the file and the lines. */
const placeOf = ({ comesFrom, written: { first, last, text } }: RequirementLine, directory: string): Place => {
  const [, file = ''] = /^-[rc] (.*) \(line \d+\)$/.exec(comesFrom) ?? []
  const path = absolutePath(file, directory)
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

const readFile = async (location: string, constraint: boolean, settings: RequirementsSettings, home: PexHome): Promise<RequirementLine[]> => {
  // pex reads the file itself before pip does, by its absolute path; constraints it leaves to pip.
  if (!constraint && !/^(?:https?|file):/.test(location)) await home.files.read(absolutePath(location, home.directory))
  try {
    const source = {
      read: (path: string) => home.files.read(path),
      exists: async (path: string) => await home.files.kind(path) !== undefined,
      directory: home.directory,
      environment: home.environment,
    }
    const { requirements, warnings } = await readRequirementsFile(location, source, { constraint, settings })
    for (const warning of warnings) await home.errors.write(`pip: WARNING: ${warning}\n`)
    return requirements
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
  for (const location of options.values('requirement_files')) lines.push(...await readFile(location, false, settings, home))
  for (const location of options.values('constraint_files')) lines.push(...await readFile(location, true, settings, home))
  const constraints: Root[] = []
  for (const line of lines) (line.constraint ? constraints : roots).push(await readLine(line, home))
  return { roots, constraints, settings }
}

const namedPlace = /^([A-Za-z0-9_.-]+)=/

const named = (place: string) => place.replace(namedPlace, '')

/** A path becomes absolute, a URL stays. */
const located = (place: string, directory: string) => (/^[a-z][a-z0-9+.-]*:/i.test(place) ? place : absolutePath(place, directory))

/** Where distributions are looked for, by the options and what requirements files add to them. */
export const indexSettings = async (options: Arguments, { settings }: AskedFor, home: PexHome): Promise<IndexSettings> => {
  const own = options.values('indexes').map(named)
  const asksDefault = options.isOn('pypi', true) && !settings.noIndex && settings.indexUrls.length === 0
  const indexes = [...asksDefault ? await home.defaultIndexes() : [], ...own, ...settings.indexUrls]
  const links = [...options.values('find_links').map(named), ...settings.findLinks]
  const number = (name: string) => {
    const value = options.value(name)
    return value === undefined ? undefined : Number(value)
  }
  const seconds = number('timeout')
  const resolved = options.values('pre_resolved_dists')
  const names = [...options.values('indexes'), ...options.values('find_links')].flatMap(place => {
    const name = namedPlace.exec(place)?.[1]
    return name === undefined ? [] : [[located(named(place), home.directory), name] as const]
  })
  return {
    names: new Map(names),
    indexUrls: resolved.length ? [] : indexes.map(place => located(place, home.directory)),
    findLinks: (resolved.length ? resolved : links).map(place => located(place, home.directory)),
    trustedHosts: settings.trustedHosts,
    retries: number('retries'),
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
  }
}
