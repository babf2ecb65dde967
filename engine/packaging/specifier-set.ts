import { compareCodePoints } from './compare-code-points.ts'
import { PackagingError } from './packaging-error.ts'
import { strip } from './python-text.ts'
import { formatSpecifier, namesPrerelease, parseSpecifier, satisfies, specifierKey, type Specifier } from './specifier.ts'
import { formatVersion, isPrerelease, readVersion, type Version } from './version.ts'

/** Clauses that all have to hold. No clause: every version. */
export interface SpecifierSet {
  /** In the order written. */
  readonly specifiers: readonly Specifier[]
  /** Whether pre-releases may match; `null`: the clauses and the candidates say. */
  readonly prereleases: boolean | null
}

/** Reads clauses with commas between them; empty ones are passed over. Fails with `invalid-specifier`. */
export const parseSpecifierSet = (text: string, prereleases: boolean | null = null): SpecifierSet => ({
  specifiers: text.split(',').map(strip).filter(clause => clause !== '').map(parseSpecifier),
  prereleases,
})

/** The set as text: clauses in order of their text, of equal clauses the first. */
export const formatSpecifierSet = ({ specifiers }: SpecifierSet): string => {
  const sorted = [...specifiers].sort((a, b) => compareCodePoints(formatSpecifier(a), formatSpecifier(b)))
  const first = new Map<string, string>()
  for (const specifier of sorted) {
    const key = specifierKey(specifier)
    if (!first.has(key)) first.set(key, formatSpecifier(specifier))
  }
  return [...first.values()].join(',')
}

/** Both sets at once. A decision on pre-releases holds for the whole; two that differ are refused. */
export const intersectSpecifierSets = (left: SpecifierSet, right: SpecifierSet): SpecifierSet => {
  if (left.prereleases !== null && right.prereleases !== null && left.prereleases !== right.prereleases) {
    throw new PackagingError('Cannot combine SpecifierSets with True and False prerelease overrides.', 'invalid-specifier')
  }
  return { specifiers: [...left.specifiers, ...right.specifiers], prereleases: left.prereleases ?? right.prereleases }
}

const decision = (set: SpecifierSet, asked: boolean | null): boolean | null =>
  asked ?? set.prereleases ?? (set.specifiers.some(namesPrerelease) ? true : null)

interface Candidate<T> {
  item: T
  version: Version | undefined
}

const candidates = function* <T>(set: SpecifierSet, items: Iterable<T>, versionOf: (item: T) => string | Version): Generator<Candidate<T>> {
  for (const item of items) {
    const given = versionOf(item)
    const version = typeof given === 'string' ? readVersion(given) : given
    const text = typeof given === 'string' ? given : formatVersion(given)
    if (set.specifiers.every(specifier => satisfies(specifier, version, text))) yield { item, version }
  }
}

const withoutPrereleases = <T>(found: readonly Candidate<T>[]): readonly Candidate<T>[] =>
  found.filter(({ version }) => version === undefined || !isPrerelease(version))

/** The pre-releases are the answer only where there is no final release. Text that is no version is neither. */
const preferFinals = <T>(found: readonly Candidate<T>[]): readonly Candidate<T>[] => {
  const isFinal = ({ version }: Candidate<T>): boolean => version !== undefined && !isPrerelease(version)
  if (!found.some(isFinal)) return found
  return withoutPrereleases(found)
}

/**
 * The items whose version the set admits, in their order. A version may be text; text that is none passes `===` and the empty set only.
 * Pre-releases: as `prereleases` says, else the set; where both leave it open, they are admitted if a clause names one or if nothing
 * else is found (PEP 440).
 */
export const filterVersions = <T>(
  set: SpecifierSet,
  items: Iterable<T>,
  versionOf: (item: T) => string | Version,
  prereleases: boolean | null = null,
): T[] => {
  const found = [...candidates(set, items, versionOf)]
  const decided = decision(set, prereleases)
  const kept = decided === null ? preferFinals(found) : decided ? found : withoutPrereleases(found)
  return kept.map(({ item }) => item)
}

/** Whether the set admits one version, by the rules of `filterVersions`: with nothing decided, a pre-release alone is admitted. */
export const containsVersion = (set: SpecifierSet, version: string | Version, prereleases: boolean | null = null): boolean =>
  filterVersions(set, [version], item => item, prereleases).length > 0
