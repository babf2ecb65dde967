/**
 * A set of numbers below a fixed size, one bit each. What a resolver knows of a project is such a set: the places of the candidates that
 * may still be chosen, and one place more for "not chosen at all". Two sets are combined only if they are of one size. Never changed once
 * made.
 */
export type ChoiceSet = Readonly<Uint32Array>

const wordsFor = (size: number): number => (size + 31) >>> 5

/** The numbers below `size` for which `holds` is true. */
export const choicesWhere = (size: number, holds: (choice: number) => boolean): ChoiceSet => {
  const set = new Uint32Array(wordsFor(size))
  for (let choice = 0; choice < size; choice++) if (holds(choice)) set[choice >>> 5]! |= 1 << (choice & 31)
  return set
}

export const everyChoice = (size: number): ChoiceSet => choicesWhere(size, () => true)

export const oneChoice = (size: number, choice: number): ChoiceSet => {
  const set = new Uint32Array(wordsFor(size))
  set[choice >>> 5] = 1 << (choice & 31)
  return set
}

export const hasChoice = (set: ChoiceSet, choice: number): boolean => ((set[choice >>> 5] ?? 0) & (1 << (choice & 31))) !== 0

export const union = (left: ChoiceSet, right: ChoiceSet): ChoiceSet => left.map((word, at) => word | right[at]!)

export const intersection = (left: ChoiceSet, right: ChoiceSet): ChoiceSet => left.map((word, at) => word & right[at]!)

export const difference = (left: ChoiceSet, right: ChoiceSet): ChoiceSet => left.map((word, at) => word & ~right[at]!)

export const isEmpty = (set: ChoiceSet): boolean => set.every(word => word === 0)

export const isWithin = (inner: ChoiceSet, outer: ChoiceSet): boolean => inner.every((word, at) => (word & ~outer[at]!) === 0)

export const isDisjoint = (left: ChoiceSet, right: ChoiceSet): boolean => left.every((word, at) => (word & right[at]!) === 0)
