import type { Target } from '../packaging/target.ts'
import type { Tag } from '../packaging/tags.ts'
import { formatVersion } from '../packaging/version.ts'
import { admitsVersion } from './admissions.ts'
import type { Listing, Unusable } from './listing.ts'
import { askedFrom, shownRequirement, type Ask } from './resolution-error.ts'

/** More are counted, not named. */
const most = 6

const some = (words: readonly string[]): string =>
  words.length <= most ? words.join(', ') : `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`

/** `cp312-cp312-win_amd64`, of many tags those that tell most: one for each platform. */
const shownTags = (tags: readonly Tag[]): string => {
  const byPlatform = new Map(tags.map(tag => [tag.slice(tag.lastIndexOf('-')), tag]).reverse() as [string, Tag][])
  return some([...byPlatform.values()].reverse())
}

/** Why a target takes no file of a version, as the end of a sentence. */
export const describeUnusable = ({ why }: Unusable, target: Target): string => {
  switch (why.kind) {
    case 'only-sdists': return 'has no wheel, only source distributions, which are not built here'
    case 'requires-python': {
      const { python_full_version: full, python_version: short } = target.markers
      return `requires Python ${why.requires}, and ${target.description} has ${full ?? short ?? 'another'}`
    }
    case 'hashes': return 'has no file with a wanted hash'
    case 'too-late': return `came to the index on ${why.uploadTime}, which --uploaded-prior-to leaves out`
    case 'tags': {
      const taken = `${target.description} takes ${shownTags(target.tags.slice(0, 1))} and the like`
      return `has wheels for ${shownTags(why.tags)} only; ${taken}`
    }
  }
}

/** Unusable versions with one reason in one sentence, the newest first. */
export const unusableLines = (name: string, unusable: readonly Unusable[], target: Target): string[] => {
  const byReason = new Map<string, string[]>()
  for (const each of [...unusable].reverse()) {
    const reason = describeUnusable(each, target)
    byReason.set(reason, [...byReason.get(reason) ?? [], formatVersion(each.version)])
  }
  return [...byReason].map(([reason, versions]) => `${name} ${some(versions)} ${reason}.`)
}

/** The place of an index that knows nothing but a lock file. */
export const lockPlace = 'the lock file'

const unknownProject = (name: string, asked: string, places: readonly string[]): string => {
  if (places.length === 1 && places[0] === lockPlace) return `There is no project ${name} in ${lockPlace}: ${asked} cannot be met. Lock it with the others.`
  return places.length === 0
    ? `There is no project ${name}, for no index is asked: ${asked} cannot be met. Name one with --index or --find-links.`
    : `There is no project ${name} at ${some(places)}: ${asked} cannot be met. Check its spelling and the indexes.`
}

/** That no file fits a requirement, and what there is instead; `places` is where it was looked for. */
export const describeMissing = (ask: Ask, listing: Listing, target: Target, places: readonly string[]): string => {
  const { requirement } = ask
  const from = askedFrom(ask)
  const asked = `${shownRequirement(requirement)}${from === undefined ? '' : ` (from ${from})`}`
  if (!listing.known) return unknownProject(requirement.name, asked, places)
  const meant = listing.unusable.filter(({ version }) => admitsVersion(requirement, version))
  const usable = listing.candidates.map(({ version }) => formatVersion(version)).reverse()
  return [
    `No version of ${requirement.name} meets ${asked}.`,
    ...unusableLines(requirement.name, meant, target),
    usable.length === 0
      ? `${target.description} can use no version of ${requirement.name}.`
      : `Versions that ${target.description} can use: ${some(usable)}.`,
  ].join('\n')
}
