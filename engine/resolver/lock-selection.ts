import { wheelRank } from '../packaging/best-wheel.ts'
import { evaluateMarker } from '../packaging/evaluate-marker.ts'
import { lockedFileName } from '../packaging/locked-file-name.ts'
import type { Pylock, PylockDirectory, PylockFile, PylockPackage, PylockVcs } from '../packaging/pylock.ts'
import { pythonRepr } from '../packaging/python-text.ts'
import { containsVersion, formatSpecifierSet, type SpecifierSet } from '../packaging/specifier-set.ts'
import { rankTags, type Tag } from '../packaging/tags.ts'
import type { Target } from '../packaging/target.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { ResolutionError } from './resolution-error.ts'

/** What a lock says is to be installed of a package. */
export type LockedSource =
  | { readonly kind: 'wheel' | 'sdist' | 'archive'; readonly file: PylockFile }
  | { readonly kind: 'vcs'; readonly vcs: PylockVcs }
  | { readonly kind: 'directory'; readonly directory: PylockDirectory }

export interface LockSelection {
  readonly locked: PylockPackage
  readonly source: LockedSource
}

/** The one with the best tag; of equals the first. */
const bestFile = (files: readonly PylockFile[], ranks: ReadonlyMap<Tag, number>): PylockFile | undefined => {
  let best: { file: PylockFile; rank: number } | undefined
  for (const file of files) {
    const rank = wheelRank(parseWheelName(lockedFileName(file) ?? ''), ranks)
    if (rank !== undefined && (best === undefined || rank < best.rank)) best = { file, rank }
  }
  return best?.file
}

const sourceOf = (locked: PylockPackage, ranks: ReadonlyMap<Tag, number>): LockedSource | undefined => {
  const { vcs, directory, archive, wheels = [], sdist } = locked
  if (vcs !== undefined) return { kind: 'vcs', vcs }
  if (directory !== undefined) return { kind: 'directory', directory }
  if (archive !== undefined) return { kind: 'archive', file: archive }
  const wheel = bestFile(wheels, ranks)
  if (wheel !== undefined) return { kind: 'wheel', file: wheel }
  return sdist && { kind: 'sdist', file: sdist }
}

/**
 * What a lock file installs on a target (PEP 751, "Installation"), in the lock's order. `groups`: the lock's default groups where
 * undefined. Throws ResolutionError in the words of `packaging.pylock`'s select.
 */
export const selectLocked = (
  lock: Pylock, target: Target, { extras = [], groups }: { extras?: readonly string[]; groups?: readonly string[] } = {},
): LockSelection[] => {
  const refuse = (message: string): never => {
    throw new ResolutionError(message, target, { kind: 'lock' })
  }
  const python = target.markers['python_full_version'] ?? `${target.markers['python_version'] ?? '3'}.0`
  const isMet = (requires: SpecifierSet | undefined): boolean => requires === undefined || containsVersion(requires, python)
  const unmet = (requires: SpecifierSet | undefined, where = ''): never => refuse(
    `python_full_version ${pythonRepr(python)} in provided environment does not satisfy the Python version requirement `
    + `${pythonRepr(formatSpecifierSet(requires ?? { specifiers: [], prereleases: null }))}${where}`)
  if (!isMet(lock.requiresPython)) unmet(lock.requiresPython)
  const { environments = [] } = lock
  if (environments.length > 0 && !environments.some(marker => evaluateMarker(marker, target.markers, 'requirement'))) {
    refuse('Provided environment does not satisfy any of the environments specified in the lock file')
  }

  const environment = { ...target.markers, extras: new Set(extras), dependency_groups: new Set(groups ?? lock.defaultGroups ?? []) }
  const selected = new Map<string, number>()
  for (const [at, { name, marker, requiresPython }] of lock.packages.entries()) {
    if (marker !== undefined && !evaluateMarker(marker, environment, 'lock_file')) continue
    if (!isMet(requiresPython)) unmet(requiresPython, ` for package ${pythonRepr(name)} at packages[${at}]`)
    const before = selected.get(name)
    if (before !== undefined) {
      refuse(`Multiple packages with the name ${pythonRepr(name)} are selected at packages[${at}] and packages[${before}]`)
    }
    selected.set(name, at)
  }

  const ranks = rankTags(target.tags)
  return [...selected].map(([name, at]) => {
    const locked = lock.packages[at]!
    const source = sourceOf(locked, ranks) ?? refuse(
      `No wheel found matching the provided tags for package ${pythonRepr(name)} at packages[${at}], and no sdist available as a fallback`)
    return { locked, source }
  })
}
