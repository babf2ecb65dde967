import { directFile } from '../index/direct-file.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { namesPrerelease, satisfies, type Specifier } from '../packaging/specifier.ts'
import { formatVersion, isPrerelease, type Version } from '../packaging/version.ts'
import type { Candidate, Listing } from './listing.ts'

/** Whether a version meets all clauses, pre-releases included: what may be chosen at all is a matter of `Admissions`. */
export const admitsVersion = ({ specifier }: Requirement, version: Version): boolean =>
  specifier.specifiers.every(each => satisfies(each, version, formatVersion(version)))

/** Whether a candidate is what the requirement means: a direct reference means one file and no other. */
export const isMeant = (requirement: Requirement, candidate: Candidate): boolean =>
  (requirement.url === undefined || candidate.file.url === directFile(requirement.url).url) && admitsVersion(requirement, candidate.version)

/** `==1.0` or `===1.0`, as pip decides whether yanked files may be taken. */
export const isPin = ({ operator, wildcard }: Specifier): boolean => operator === '===' || (operator === '==' && !wildcard)

/**
 * Which candidates that must be asked for by name may be chosen because somebody asked: pip's rules. Only grows; a search that has begun
 * with less begins anew.
 */
export interface Admissions {
  /** Takes a requirement into account. True where more may be chosen than before. */
  readonly admit: (requirement: Requirement, listing: Listing, direct: Candidate | undefined) => boolean
  /** Admits all pre-releases of a project. True where that admits more than before. */
  readonly admitPrereleases: (listing: Listing) => boolean
  /** The candidates of a project that may be chosen, the lowest version first. */
  readonly candidates: (listing: Listing) => Candidate[]
}

export const createAdmissions = (prereleases: boolean): Admissions => {
  const open = new Set<string>()
  const yanked = new Map<string, Set<Candidate>>()
  const directs = new Map<string, Candidate[]>()

  /** A clause names one, or the clauses leave nothing else (PEP 440, as `packaging` reads it). */
  const opens = (requirement: Requirement, { candidates }: Listing): boolean => {
    if (requirement.specifier.specifiers.some(namesPrerelease)) return true
    const found = candidates.filter(({ version }) => admitsVersion(requirement, version))
    return found.length > 0 && found.every(({ version }) => isPrerelease(version))
  }

  const hasClosed = ({ name, candidates }: Listing): boolean =>
    !prereleases && !open.has(name) && candidates.some(({ version }) => isPrerelease(version))

  return {
    admitPrereleases: listing => {
      const more = hasClosed(listing)
      if (more) open.add(listing.name)
      return more
    },
    admit: (requirement, listing, direct) => {
      const { name } = listing
      let more = false
      if (hasClosed(listing) && opens(requirement, listing)) {
        open.add(name)
        more = true
      }
      if (requirement.specifier.specifiers.some(isPin)) {
        const known = yanked.get(name) ?? new Set()
        yanked.set(name, known)
        for (const candidate of listing.candidates) {
          if (candidate.reserve !== 'yanked' || known.has(candidate) || !admitsVersion(requirement, candidate.version)) continue
          known.add(candidate)
          more = true
        }
      }
      if (direct !== undefined) {
        const known = directs.get(name) ?? []
        directs.set(name, known)
        if (!known.includes(direct)) {
          known.push(direct)
          more = true
        }
      }
      return more
    },
    candidates: listing => [
      ...listing.candidates.filter(candidate => (prereleases || open.has(listing.name) || !isPrerelease(candidate.version))
        && (candidate.reserve !== 'yanked' || yanked.get(listing.name)?.has(candidate))),
      ...directs.get(listing.name) ?? [],
    ],
  }
}

/**
 * Whether a candidate may be chosen in the company of exactly these requirements on its project. `usable`: everything that the target
 * could take of it. pip's rules: a pre-release if a clause names one or nothing else fits all clauses; a yanked file if a clause pins it
 * and nothing else fits; a direct file if it is asked for.
 */
export const isAsked = (
  candidate: Candidate, requirements: readonly Requirement[], usable: readonly Candidate[], prereleases: boolean,
): boolean => {
  const clauses = requirements.flatMap(({ specifier }) => specifier.specifiers)
  const fitting = usable.filter(other => requirements.every(requirement => isMeant(requirement, other)))
  if (candidate.reserve === 'direct') return requirements.some(({ url }) => url !== undefined)
  if (requirements.some(({ url }) => url !== undefined)) return false
  if (candidate.reserve === 'yanked' && !(clauses.some(isPin) && fitting.every(({ reserve }) => reserve === 'yanked'))) return false
  return prereleases || !isPrerelease(candidate.version) || clauses.some(namesPrerelease)
    || fitting.every(({ version }) => isPrerelease(version))
}
