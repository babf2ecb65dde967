import type { Requirement } from '../packaging/requirement.ts'
import { hasChoice, intersection, isEmpty, isWithin } from './choice-set.ts'
import type { Given, Incompatibility } from './incompatibility.ts'
import { otherChoices, type Package } from './package.ts'
import type { Root } from './resolution.ts'
import { shownRequirement } from './resolution-error.ts'
import { shownChoices } from './shown-choices.ts'

const shownRoot = ({ requirement, from }: Root): string =>
  `${shownRequirement(requirement)}${from === undefined ? '' : ` (${from})`}`

const asWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `, which no version of cc meets`, where that is so. */
const unmet = (requirement: Requirement, on: Package, meets: boolean): string => {
  if (meets) return ''
  return on.listing.known ? `, which no version of ${requirement.name} that may be used meets` : `, and no index knows ${requirement.name}`
}

const stateGiven = ({ terms, cause }: Incompatibility & { cause: Given }): string => {
  switch (cause.kind) {
    case 'requires': {
      const by = terms.get(cause.by)
      const on = terms.get(cause.on)
      const meets = cause.by === cause.on || (on !== undefined && !isWithin(cause.on.chosen, on))
      const who = by === undefined ? cause.by.key : shownChoices(cause.by, by)
      return `${who} requires ${shownRequirement(cause.requirement)}${unmet(cause.requirement, cause.on, meets)}`
    }
    case 'asked': {
      const on = terms.get(cause.on)
      const meets = on !== undefined && !isWithin(cause.on.chosen, on)
      return `${shownRoot(cause.root)} is asked for${unmet(cause.root.requirement, cause.on, meets)}`
    }
    case 'constraint': return `${shownRoot(cause.root)} is a constraint`
    case 'unusable': return `${shownChoices(cause.pkg, terms.get(cause.pkg)!)} cannot be used because ${cause.why}`
    case 'extra': return `${cause.pkg.key} is of the version of ${cause.pkg.listing.name}`
    case 'unasked': return `nothing asks for a version of ${cause.pkg.key} that must be asked for by name`
  }
}

/** What an incompatibility says, as a clause of a sentence. */
export const stateIncompatibility = (stated: Incompatibility): string => {
  const { terms, cause } = stated
  if (cause.kind !== 'derived') return stateGiven({ terms, cause })
  const chosen = [...terms].filter(([pkg, set]) => !hasChoice(set, pkg.absent)).map(([pkg, set]) => shownChoices(pkg, set))
  const needed = [...terms].filter(([pkg, set]) => hasChoice(set, pkg.absent))
    .map(([pkg, set]) => shownChoices(pkg, intersection(pkg.chosen, otherChoices(pkg, set))))
  if (chosen.length === 0 && needed.length === 0) return 'the requirements cannot be met'
  if (needed.length === 0) return chosen.length === 1 ? `${chosen[0]} cannot be used` : `${asWords(chosen)} cannot be used together`
  if (chosen.length === 0) return `${needed.join(' or ')} has to be used`
  return `${asWords(chosen)} ${chosen.length === 1 ? 'requires' : 'together require'} ${needed.join(' or ')}`
}

/** Whether the requirement of a given impossibility is met by no candidate at all. */
export const isUnmet = ({ terms, cause }: Incompatibility): boolean => {
  if (cause.kind !== 'requires' && cause.kind !== 'asked') return false
  const on = terms.get(cause.on)
  return on === undefined || isEmpty(intersection(cause.on.chosen, otherChoices(cause.on, on)))
}
