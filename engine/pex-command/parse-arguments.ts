import { pythonRepr } from '../packaging/python-text.ts'
import { isInteger } from './is-integer.ts'
import { matchOption, type OptionWord } from './match-option.ts'
import { shownOption, type Option } from './option.ts'
import { UsageError } from './usage-error.ts'

/** The options of a command line, by their names. */
export interface Arguments {
  /** The requirements. */
  readonly operands: readonly string[]
  has(name: string): boolean
  /** The last value; undefined where the option was not given. */
  value(name: string): string | undefined
  values(name: string): readonly string[]
  /** What a switch says, or `fallback`. */
  isOn(name: string, fallback?: boolean): boolean
  count(name: string): number
  /** The options that were given, each once, in order. */
  readonly given: readonly Option[]
}

interface Taken {
  option: Option
  flag: string
  value: string | undefined
}

/** What argparse says of a value that cannot be. */
const wrongValue = ({ type, choices, check }: Option, value: string): string | undefined => {
  if (type === 'int' && !isInteger(value)) return `invalid int value: ${pythonRepr(value)}`
  if (choices && !choices.includes(value)) {
    return type === 'for_value'
      ? `invalid for_value value: ${pythonRepr(value)}`
      : `invalid choice: ${pythonRepr(value)} (choose from ${choices.map(pythonRepr).join(', ')})`
  }
  return check?.(value)
}

/** Whether an option stands alone. */
export const takesNone = ({ kind }: Option) => kind === 'switch' || kind === 'on' || kind === 'count' || kind === 'answer'

const fail = (option: Option, message: string): never => {
  throw new UsageError(`argument ${shownOption(option)}: ${message}`)
}

/** An option's flags behind one dash (`-vo x`), then its value. `next` is the word behind it, where that may be a value. */
const takeOption = (options: readonly Option[], { option: first, flag, attached }: OptionWord & { option: Option }, next: string | undefined) => {
  const taken: Taken[] = []
  let option = first
  let rest = attached
  while (rest !== undefined && takesNone(option)) {
    if (flag.startsWith('--') || rest === '') return fail(option, `ignored explicit argument ${pythonRepr(rest)}`)
    const following = options.find(each => each.flags.includes(`-${rest!.charAt(0)}`))
    if (!following) return fail(option, `ignored explicit argument ${pythonRepr(rest)}`)
    taken.push({ option, flag: option.flags[0]!, value: option.means })
    option = following
    rest = rest.slice(1) || undefined
  }
  if (takesNone(option)) return { taken: [...taken, { option, flag, value: option.means }], used: 0 }
  if (rest === undefined && next === undefined && option.kind !== 'maybe') return fail(option, 'expected one argument')
  return { taken: [...taken, { option, flag, value: rest ?? next }], used: rest === undefined && next !== undefined ? 1 : 0 }
}

const argumentsOf = (operands: readonly string[], taken: readonly Taken[]): Arguments => {
  const all = (name: string) => taken.filter(({ option }) => option.name === name)
  return {
    operands,
    has: name => all(name).length > 0,
    value: name => {
      const last = all(name).at(-1)
      return last && (last.value ?? '')
    },
    values: name => all(name).map(({ value }) => value ?? ''),
    isOn: (name, fallback = false) => {
      const last = all(name).at(-1)
      return last ? !last.flag.startsWith('--no') && last.flag !== '--intransitive' : fallback
    },
    count: name => all(name).length,
    given: [...new Set(taken.map(({ option }) => option))],
  }
}

/**
 * Words before `--` -> options and operands, as argparse (Python 3.11) reads them for pex: the operands stand together. `answer` is asked
 * at an option that is answered at once; what it returns ends the reading. Throws UsageError.
 */
export const parseArguments = (
  options: readonly Option[],
  words: readonly string[],
): Arguments | { answer: string } => {
  const matched = words.map(word => matchOption(options, word))
  const operands: string[] = []
  const unknown: string[] = []
  const taken: Taken[] = []
  let begun = false
  let ended = false
  for (let at = 0; at < words.length;) {
    const word = matched[at]
    if (!word) {
      ;(ended ? unknown : operands).push(words[at++]!)
      begun = true
      continue
    }
    ended = begun
    if (!word.option) {
      unknown.push(words[at++]!)
      continue
    }
    const next = matched[at + 1] === undefined ? words[at + 1] : undefined
    const { taken: now, used } = takeOption(options, { ...word, option: word.option }, next)
    for (const each of now) {
      const { option, value } = each
      const wrong = value === undefined ? undefined : wrongValue(option, value)
      if (wrong !== undefined) fail(option, wrong)
      if (option.kind === 'answer') return { answer: option.name }
      const other = option.group && taken.find(before => before.option.group === option.group && before.option !== option)
      if (other) fail(option, `not allowed with argument ${shownOption(other.option)}`)
      taken.push(each)
    }
    at += 1 + used
  }
  if (unknown.length) throw new UsageError(`unrecognized arguments: ${unknown.join(' ')}`)
  return argumentsOf(operands, taken)
}

/** One after the other: what was given later counts. */
export const mergeArguments = (first: Arguments, second: Arguments): Arguments => ({
  operands: [...first.operands, ...second.operands],
  has: name => first.has(name) || second.has(name),
  value: name => second.value(name) ?? first.value(name),
  values: name => [...first.values(name), ...second.values(name)],
  isOn: (name, fallback) => second.isOn(name, first.isOn(name, fallback)),
  count: name => first.count(name) + second.count(name),
  given: [...new Set([...first.given, ...second.given])],
})
