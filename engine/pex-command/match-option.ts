import type { Option } from './option.ts'
import { UsageError } from './usage-error.ts'

/** A word of the command line that is taken for an option: `option` is undefined where no option is called so. */
export interface OptionWord {
  readonly option: Option | undefined
  /** As it was found in the table. */
  readonly flag: string
  /** Behind `=`, or right behind a short option. */
  readonly attached: string | undefined
}

const startsWith = (options: readonly Option[], begin: string) =>
  options.flatMap(option => option.flags.filter(flag => flag.startsWith(begin)).map(flag => ({ option, flag })))

const splitAtEquals = (word: string): [string, string | undefined] => {
  const at = word.indexOf('=')
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

const shortened = (options: readonly Option[], word: string): OptionWord[] => {
  if (word.startsWith('--')) {
    const [begin, attached] = splitAtEquals(word)
    return startsWith(options, begin).map(found => ({ ...found, attached }))
  }
  const short = options.flatMap(option => option.flags.filter(flag => flag === word.slice(0, 2)).map(flag => ({ option, flag, attached: word.slice(2) })))
  return [...short, ...startsWith(options, word).map(found => ({ ...found, attached: undefined }))]
}

/**
 * Whether a word is an option, by the rules of Python's argparse (3.11): long names may be cut short, a negative number and a word with a
 * space are none. Throws UsageError where a short form fits several.
 */
export const matchOption = (options: readonly Option[], word: string): OptionWord | undefined => {
  if (!word.startsWith('-')) return undefined
  const exact = (name: string) => options.find(option => option.flags.includes(name))
  const whole = exact(word)
  if (whole) return { option: whole, flag: word, attached: undefined }
  if (word === '-') return undefined
  const [name, attached] = splitAtEquals(word)
  const before = attached === undefined ? undefined : exact(name)
  if (before) return { option: before, flag: name, attached }
  const found = shortened(options, word)
  if (found.length > 1) throw new UsageError(`ambiguous option: ${word} could match ${found.map(({ flag }) => flag).join(', ')}`)
  if (found[0]) return found[0]
  if (/^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(' ')) return undefined
  return { option: undefined, flag: word, attached: undefined }
}
