/**
 * Command-line options as GNU's getopt_long reads them: options anywhere among the operands, `--`, clustered short ones (`-la`),
 * values attached or following (`-n5`, `-n 5`, `--lines=5`, `--lines 5`), long names shortened to any unambiguous prefix.
 * A command declares its options in the words of its own help text, so that the two cannot differ.
 */
import { Failure } from './failure.ts'

/** What a command says about itself: enough to parse its arguments and to print its `--help`. */
export interface Description {
  name: string
  /** What follows the name in the usage line; more than one for a tool with several forms. */
  usage: string | readonly string[]
  /** One or more lines under the usage. */
  summary: string
  /**
   * Form -> explanation. The form is a help text's left column: `-a, --all`, `-n, --lines=NUM` (a value is required), `--color[=WHEN]`
   * (optional), `-d STRING` (short only), `-R, -r, --recursive`. An option with an empty explanation is understood but not listed.
   */
  options: Readonly<Record<string, string>>
  /** Lines under the options. */
  details?: string
  /** Exit status for wrong usage. Default 1. */
  usageStatus?: number
  /** Options end at the first operand, as in `env` and `xargs`, whose operands are another command line. */
  operandsEndOptions?: boolean
  /** The line after a usage error. Default: GNU coreutils' Try line. */
  hint?: (program: string) => string
}

type NameIn<Form> = Form extends `--${infer Long}`
  ? Long extends `${infer Name}[=${string}` ? Name : Long extends `${infer Name}=${string}` ? Name : Long
  : Form extends `-${infer Short}`
    ? Short extends `${infer Letter} ${string}` ? Letter : Short extends `${infer Letter}[${string}` ? Letter : Short
    : never
type NamesIn<Forms> = Forms extends `${infer First}, ${infer Rest}` ? NameIn<First> | NamesIn<Rest> : NameIn<Forms>
/** The names, short and long, that a description declares. */
export type OptionName<D extends Description> = NamesIn<keyof D['options']>

export interface Arguments<Name extends string = string> {
  operands: string[]
  /** The options in the order given. `name` is the first name of the option's form. */
  given: { name: Name; value: string | undefined }[]
  has(name: Name): boolean
  /** The value of the last such option; undefined where there is none. */
  value(name: Name): string | undefined
  /** Which of these was given last (by the name asked for): for options that override each other. */
  latest<N extends Name>(...names: N[]): N | undefined
}

interface Option {
  names: string[]
  value: 'none' | 'required' | 'optional'
}

const alwaysUnderstood = { '--help': 'display this help and exit', '--version': 'output version information and exit' }

/** All the forms with their explanations, `--help` and `--version` included unless the command declares its own. */
export function listOptions(description: Description): [form: string, explanation: string][] {
  const declared = Object.entries(description.options)
  const known = declared.flatMap(([form]) => namesOf(form))
  return [...declared, ...Object.entries(alwaysUnderstood).filter(([form]) => !known.includes(form.slice(2)))]
}

/** Throws `Failure`, worded as glibc's getopt_long. */
export function parseOptions<const D extends Description>(
  description: D,
  args: readonly string[],
): Arguments<OptionName<D> | 'help' | 'version'> {
  type Name = OptionName<D> | 'help' | 'version'
  const options = listOptions(description).map(([form]): Option => ({ names: namesOf(form), value: valueOf(form) }))
  const find = (name: string) => options.find((option) => option.names.includes(name))
  const operands: string[] = []
  const given: { option: Option; value: string | undefined }[] = []
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest)
      break
    }
    if (arg.startsWith('--')) given.push(long(arg, rest, options))
    else if (arg.startsWith('-') && arg !== '-') given.push(...cluster(arg, rest, find))
    else if (description.operandsEndOptions) {
      operands.push(arg, ...rest)
      break
    } else operands.push(arg)
  }
  const last = (name: string) => given.findLast(({ option }) => option.names.includes(name))
  return {
    operands,
    given: given.map(({ option, value }) => ({ name: option.names[0] as Name, value })),
    has: (name) => last(name) !== undefined,
    value: (name) => last(name)?.value,
    latest: (...names) => {
      const one = given.findLast(({ option }) => names.some((name) => option.names.includes(name)))
      return names.find((name) => one?.option.names.includes(name))
    },
  }
}

const namesOf = (form: string) =>
  form.split(', ').map((one) => (one.startsWith('--') ? (one.slice(2).split(/\[?=/)[0] ?? '') : one.charAt(1)))

function valueOf(form: string): Option['value'] {
  const last = form.split(', ').at(-1) ?? ''
  if (/^--[^=]*\[=|^-.\[/.test(last)) return 'optional'
  return /^--.*=|^-. /.test(last) ? 'required' : 'none'
}

function long(arg: string, rest: string[], options: Option[]) {
  const [, written = '', attached] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? []
  const matches = options.flatMap((option) =>
    option.names.filter((name) => name.length > 1 && name.startsWith(written)).map((name) => ({ option, name })),
  )
  const match = matches.find(({ name }) => name === written) ?? matches[0]
  if (!match) throw new Failure(`unrecognized option '--${written}'`, { usage: true })
  if (match.name !== written && matches.some(({ option }) => option !== match.option)) {
    const names = matches.map(({ name }) => `'--${name}'`).join(' ')
    throw new Failure(`option '${arg}' is ambiguous; possibilities: ${names}`, { usage: true })
  }
  const { option, name } = match
  if (attached !== undefined) {
    if (option.value === 'none') throw new Failure(`option '--${name}' doesn't allow an argument`, { usage: true })
    return { option, value: attached }
  }
  if (option.value !== 'required') return { option, value: undefined }
  const value = rest.shift()
  if (value === undefined) throw new Failure(`option '--${name}' requires an argument`, { usage: true })
  return { option, value }
}

function cluster(arg: string, rest: string[], find: (name: string) => Option | undefined) {
  const found: { option: Option; value: string | undefined }[] = []
  for (let at = 1; at < arg.length; at++) {
    const letter = arg.charAt(at)
    const option = find(letter)
    if (!option) throw new Failure(`invalid option -- '${letter}'`, { usage: true })
    if (option.value === 'none') {
      found.push({ option, value: undefined })
      continue
    }
    const attached = arg.slice(at + 1) || undefined
    const value = attached ?? (option.value === 'required' ? rest.shift() : undefined)
    if (value === undefined && option.value === 'required') throw new Failure(`option requires an argument -- '${letter}'`, { usage: true })
    found.push({ option, value })
    break
  }
  return found
}
