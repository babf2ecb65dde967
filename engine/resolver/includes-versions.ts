import { satisfies } from '../packaging/specifier.ts'
import type { SpecifierSet } from '../packaging/specifier-set.ts'
import { formatVersion, type Version } from '../packaging/version.ts'

const plain = (release: Version['release']): Version => ({ epoch: 0, release, pre: null, post: null, dev: null, local: null })

/** A version that clauses name, and others close by, so that between any two that are named there is one. */
const around = (named: Version): Version[] => {
  const [last = 0] = named.release.slice(-1)
  const before = named.release.slice(0, -1)
  const next = typeof last === 'number' ? last + 1 : last + 1n
  return [
    named,
    { ...named, release: [...named.release, 0, 0, 1], pre: null, post: null, dev: null, local: null },
    { ...plain([...before, next]), epoch: named.epoch },
    { ...plain([...before, next, 0, 0, 1]), epoch: named.epoch },
  ]
}

const admits = ({ specifiers }: SpecifierSet, version: Version): boolean =>
  specifiers.every(specifier => satisfies(specifier, version, formatVersion(version)))

/**
 * Whether every version that `inner` admits is one of `outer`'s. Decided by versions at and about all that are named, the lowest and a very
 * high one; an `inner` that admits none of those is included in nothing, as in real pex.
 */
export const includesVersions = (outer: SpecifierSet, inner: SpecifierSet): boolean => {
  const named = [...outer.specifiers, ...inner.specifiers].map(({ version }) => version).filter(version => version !== undefined)
  const tried = [plain([0]), plain([1_000_000]), ...named.flatMap(around)].filter(version => admits(inner, version))
  return tried.length > 0 && tried.every(version => admits(outer, version))
}
