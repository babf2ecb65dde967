import { normalizeName } from '../packaging/project-name.ts'
import type { Target } from '../packaging/target.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Arguments } from './parse-arguments.ts'
import { isForProject, isForTarget, parseSourceScope, type SourceScope } from './source-scope.ts'

/** A place that distributions are looked for in, and what of them; without a scope, everything that no other place has a scope for. */
export interface Repository {
  readonly location: string
  /** As it is called with `--source`. */
  readonly name?: string
  readonly scopes: readonly SourceScope[]
}

export interface Repositories {
  readonly indexes: readonly Repository[]
  readonly findLinks: readonly Repository[]
}

/** What the command line says of them. */
export interface GivenRepositories extends Repositories {
  /** Names of places that no `--source` has, with their options: pip, which then has `NAME=PLACE` for the place, finds nothing there. */
  readonly nameless: readonly string[]
}

/** A line of a requirements file that names a place, and what else is asked for in that file. */
export interface FileRepository {
  readonly kind: keyof Repositories
  readonly location: string
  readonly wanted: readonly SourceScope[]
}

/** Locations alone. */
export type Places = Readonly<Record<keyof Repositories, readonly string[]>>

const parsedSources = (options: Arguments): ReadonlyMap<string, readonly SourceScope[]> => {
  const scopes = new Map<string, SourceScope[]>()
  for (const source of options.values('repo_scopes')) {
    const refuse = (why: string): never => {
      throw new PexError(`Invalid --source value: ${source}\n${why}`)
    }
    const equals = source.indexOf('=')
    const [name, scope] = equals < 0 ? [source, ''] : [source.slice(0, equals), source.slice(equals + 1)]
    if (scope === '') refuse('A source must be of the form `<name>=<scope>`.')
    try {
      scopes.set(name, [...scopes.get(name) ?? [], parseSourceScope(scope)])
    } catch (error) {
      if (!(error instanceof PexError)) throw error
      refuse(error.message)
    }
  }
  return scopes
}

const refuseTwice = (names: readonly string[], among: string, must: string): void => {
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].sort()
  if (twice.length) throw new PexError(`The following names are being re-used across ${among}: ${twice.join(' ')}\n${must} names must be unique.`)
}

const ofName = /^[A-Za-z0-9_.-]+(?==)/

/** `NAME=PLACE` where the name has a `--source`; anything else is a place as it stands. Those with names come last. */
const named = (places: readonly string[], sources: ReadonlyMap<string, readonly SourceScope[]>): Repository[] => {
  const all = [...new Set(places)].map((place): Repository => {
    const equals = place.indexOf('=')
    const name = equals < 0 ? place : place.slice(0, equals)
    const scopes = sources.get(name)
    return scopes ? { location: equals < 0 ? '' : place.slice(equals + 1), name, scopes } : { location: place, scopes: [] }
  }).filter(({ location, name }) => name !== undefined || !ofName.test(location))
  return [...all.filter(({ name }) => name === undefined), ...all.filter(({ name }) => name !== undefined)]
}

const namesOf = (repositories: readonly Repository[]): string[] => repositories.flatMap(({ name }) => name ?? [])

/** `--index`, `--find-links` and `--source` of the command line. Source: pex/resolve/resolver_options.py. Throws PexError. */
export const readRepositories = (options: Arguments): GivenRepositories => {
  const sources = parsedSources(options)
  const indexes = named(options.values('indexes'), sources)
  const findLinks = named(options.values('find_links'), sources)
  refuseTwice(namesOf(indexes), 'multiple indexes', 'Index')
  refuseTwice(namesOf(findLinks), 'multiple find links repositories', 'Find links repository')
  refuseTwice(namesOf([...indexes, ...findLinks]), 'indexes and find links repos', 'Package repository')
  const nameless = (option: string, places: readonly string[]) =>
    places.flatMap(place => ofName.exec(place)?.[0] ?? []).filter(name => !sources.has(name)).map(name => `${option} ${name}=`)
  return { indexes, findLinks, nameless: [...nameless('--index', options.values('indexes')), ...nameless('--find-links', options.values('find_links'))] }
}

/** With the places that requirements files name; these are for what the same file asks for, where `derive` says so. */
export const withFileRepositories = (repositories: Repositories, files: readonly FileRepository[], derive: boolean): Repositories => {
  if (files.length === 0) return repositories
  const merged = (kind: keyof Repositories): Repository[] => {
    // As in pex, of places that are given twice the last counts here.
    const byLocation = new Map(repositories[kind].map(each => [each.location, each]))
    for (const { location, wanted } of files.filter(each => each.kind === kind)) {
      const known = byLocation.get(location) ?? { location, scopes: [] }
      byLocation.set(location, { ...known, scopes: [...known.scopes, ...derive ? wanted : []] })
    }
    return [...byLocation.values()]
  }
  return { indexes: merged('indexes'), findLinks: merged('findLinks') }
}

const located = (repositories: Repositories, isWanted: (repository: Repository) => boolean): Places => ({
  indexes: repositories.indexes.filter(isWanted).map(({ location }) => location),
  findLinks: repositories.findLinks.filter(isWanted).map(({ location }) => location),
})

/** The places without a scope. */
export const globalPlaces = (repositories: Repositories): Places => located(repositories, ({ scopes }) => scopes.length === 0)

/** Where a project is looked for on a target: where it has a scope, else in the places without one. undefined: nothing has a scope on this target. */
export const scopedPlaces = (repositories: Repositories, target: Target): ((project: string) => Places) | undefined => {
  const scopesOf = ({ scopes }: Repository) => scopes.filter(scope => isForTarget(scope, target))
  const { indexes, findLinks } = located(repositories, each => scopesOf(each).length > 0)
  if (indexes.length + findLinks.length === 0) return undefined
  return project => {
    const own = located(repositories, each => scopesOf(each).some(scope => isForProject(scope, normalizeName(project))))
    return own.indexes.length + own.findLinks.length > 0 ? own : globalPlaces(repositories)
  }
}
