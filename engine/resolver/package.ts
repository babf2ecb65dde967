import type { Candidate, Listing } from './listing.ts'
import { difference, everyChoice, oneChoice, type ChoiceSet } from './choice-set.ts'

/**
 * What a choice is made of: a project, or one of its extras. Its choices are the places of its candidates and, the last one, `absent`: it
 * is not chosen at all.
 */
export interface Package {
  /** `name`, or `name[extra]`, both normalised. */
  readonly key: string
  readonly extra: string | undefined
  readonly listing: Listing
  /** The candidates of its project that may be chosen, the lowest version first. */
  readonly candidates: readonly Candidate[]
  readonly size: number
  readonly absent: number
  readonly every: ChoiceSet
  /** Every choice but `absent`. */
  readonly chosen: ChoiceSet
}

export const createPackage = (listing: Listing, candidates: readonly Candidate[], extra?: string): Package => {
  const size = candidates.length + 1
  const every = everyChoice(size)
  const key = extra === undefined ? listing.name : `${listing.name}[${extra}]`
  return { key, extra, listing, candidates, size, absent: size - 1, every, chosen: difference(every, oneChoice(size, size - 1)) }
}

/** Every choice but these. */
export const otherChoices = ({ every }: Package, choices: ChoiceSet): ChoiceSet => difference(every, choices)
