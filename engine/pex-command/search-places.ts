import type { IndexSettings } from '../index/index-settings.ts'
import type { PackageIndex } from '../index/package-index.ts'
import type { Target } from '../packaging/target.ts'
import { connectionSettings } from './connection-settings.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import type { AskedFor } from './read-requirements.ts'
import { globalPlaces, scopedPlaces, withFileRepositories, type GivenRepositories, type Places, type Repositories } from './repositories.ts'

/** A path becomes absolute, a URL stays. */
const located = (place: string, directory: string) => (/^[a-z][a-z0-9+.-]*:/i.test(place) ? place : absolutePath(place, directory))

const none: Places = { indexes: [], findLinks: [] }

/** Where to look where nothing has a scope: the options' places and what requirements files put in the place of the default. */
const unscopedPlaces = async (options: Arguments, repositories: Repositories, { settings }: AskedFor, home: PexHome): Promise<Places> => {
  const resolved = options.values('pre_resolved_dists')
  if (resolved.length) return { ...none, findLinks: resolved }
  const { indexes, findLinks } = globalPlaces(repositories)
  const asksDefault = options.isOn('pypi', true) && !settings.noIndex && settings.indexUrls.length === 0
  return {
    indexes: [...asksDefault ? await home.defaultIndexes() : [], ...indexes, ...settings.indexUrls],
    findLinks: [...findLinks, ...settings.findLinks],
  }
}

/** With the default indexes and the places of requirements files; undefined where nothing has a scope. Source: pex/resolve/package_repository.py. */
const scopedRepositories = async (options: Arguments, given: Repositories, asked: AskedFor, home: PexHome): Promise<Repositories | undefined> => {
  if (options.has('pre_resolved_dists')) return undefined
  const defaults = options.isOn('pypi', true) ? await home.defaultIndexes() : []
  const withDefaults = { ...given, indexes: [...defaults.map(location => ({ location, scopes: [] })), ...given.indexes] }
  const all = withFileRepositories(withDefaults, asked.repositories, options.isOn('derive_scopes_from_requirements_files'))
  return [...all.indexes, ...all.findLinks].some(({ scopes }) => scopes.length > 0) ? all : undefined
}

/** Opens the indexes that options name: an index as each target sees it. They are one, and one of them fetches the files of all. */
export const openIndexes = async (options: Arguments, given: GivenRepositories, asked: AskedFor, home: PexHome): Promise<(target?: Target) => PackageIndex> => {
  for (const place of given.nameless) await home.errors.write(`pip: WARNING: ${place}... is passed over: no --source says what is looked for there\n`)
  const unscoped = await unscopedPlaces(options, given, asked, home)
  const scoped = await scopedRepositories(options, given, asked, home)
  const settingsOf = ({ indexes, findLinks }: Places): Pick<IndexSettings, 'indexUrls' | 'findLinks'> => {
    const all = (places: readonly string[]) => places.map(place => located(place, home.directory))
    return { indexUrls: all(indexes), findLinks: all(findLinks) }
  }
  const everywhere = (kind: keyof Places) => [...new Set([...unscoped[kind], ...scoped?.[kind].map(({ location }) => location) ?? []])]
  const names = [...given.indexes, ...given.findLinks].flatMap(({ location, name }) => (name === undefined ? [] : [[located(location, home.directory), name] as const]))
  const index = home.index({
    names: new Map(names),
    ...settingsOf({ indexes: everywhere('indexes'), findLinks: everywhere('findLinks') }),
    trustedHosts: asked.settings.trustedHosts,
    ...await connectionSettings(options, home),
  })
  if (!scoped) return () => index
  return target => {
    const placesFor = (target && scopedPlaces(scoped, target)) ?? (() => unscoped)
    return { ...index, project: name => index.project(name, settingsOf(placesFor(name))) }
  }
}
