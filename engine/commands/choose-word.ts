import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

/**
 * The value of an option that takes one of a few words, or a beginning of one that fits no other (gnulib's argmatch). `choices` maps what
 * the words mean to the words. Throws `Failure` with the list, whose status is 1 unless
 * told otherwise, whatever the command's own for wrong usage is.
 */
export function chooseWord<T extends string>(
  option: string,
  word: string,
  choices: readonly (readonly [T, readonly string[]])[],
  status = 1,
): T {
  const exact = choices.find(([, words]) => words.includes(word))
  const close = choices.filter(([, words]) => words.some((one) => one.startsWith(word)))
  const chosen = exact ?? (close.length === 1 ? close[0] : undefined)
  if (chosen) return chosen[0]
  const list = choices.map(([, words]) => `\n  - ${words.map(quoteWord).join(', ')}`).join('')
  const kind = close.length > 1 ? 'ambiguous' : 'invalid'
  throw new Failure(`${kind} argument ${quoteWord(word)} for ${quoteWord(option)}\nValid arguments are:${list}`, { usage: true, status })
}

/** --color and its like. */
export const whenChoices = [
  ['always', ['always', 'yes', 'force']],
  ['never', ['never', 'no', 'none']],
  ['auto', ['auto', 'tty', 'if-tty']],
] as const
