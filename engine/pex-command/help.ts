import { metavarOf, type Option, type OptionGroup } from './option.ts'
import type { Abilities, PexHome } from './pex-home.ts'
import { refusalOf } from './refusal-of.ts'

type HelpHome = Abilities & Pick<PexHome, 'output'>

/** The column at which helps begin, where what they help with is short enough. */
const helpColumn = 24

/** Text in lines of at most `width` columns, broken at spaces; a longer word has a line of its own. */
const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const invocation = (option: Option): string => {
  if (option.kind === 'switch' || option.kind === 'on' || option.kind === 'count' || option.kind === 'answer') return option.flags.join(', ')
  const value = option.kind === 'maybe' ? `[${metavarOf(option)}]` : metavarOf(option)
  return option.flags.map(flag => `${flag} ${value}`).join(', ')
}

const helpOf = (option: Option, home: HelpHome): string => {
  const { help, default: fallback, kind } = option
  const refused = refusalOf(option, home)
  const said = refused === undefined ? help : `${help} Not supported: it ${refused}.`
  return kind === 'answer' ? said : `${said} (default: ${fallback ?? (kind === 'list' ? '[]' : 'None')})`
}

const entry = (shown: string, help: string, width: number): string[] => {
  const lines = wrapped(help, Math.max(width - helpColumn, 11)).map(line => ' '.repeat(helpColumn) + line)
  if (shown.length > helpColumn - 4) return [`  ${shown}`, ...lines]
  return [`  ${shown.padEnd(helpColumn - 2)}${lines[0]?.slice(helpColumn) ?? ''}`, ...lines.slice(1)]
}

/** The lines that stand before an error in the command line. */
export const usageText = (program: string): string => [
  `usage: ${program} [-o OUTPUT.PEX] [options] [-- arg1 arg2 ...]`,
  '',
  `${program} makes a PEX, one executable file of Python code and all that it needs, from requirements, sources and the options below.`,
  'An argument @FILE stands for the arguments in FILE, one on each line.',
  '',
].join('\n')

/** What a help text says beside its options. */
export interface HelpFrame {
  /** The lines before all others. */
  readonly usage: string
  readonly operand: string
  readonly operandHelp: string
}

/** `--help`, in argparse's layout, as wide as the home's terminal. */
export const helpText = ({ usage, operand, operandHelp }: HelpFrame, groups: readonly OptionGroup[], home: HelpHome): string => {
  const width = Math.max((home.output.columns ?? 80) - 2, 11)
  const sections = groups.map(({ title, description, options }) => [
    '', `${title}:`,
    ...(description === undefined ? [] : [...wrapped(description, width - 2).map(line => `  ${line}`), '']),
    ...options.flatMap(option => entry(invocation(option), helpOf(option, home), width)),
  ])
  const positional = operand === '' ? [] : ['', 'positional arguments:', ...entry(operand, operandHelp, width)]
  return [usage.trimEnd(), ...positional, ...sections.flat(), ''].join('\n')
}

/** What `pex --help` begins with. */
export const pexHelp = (program: string): HelpFrame => ({
  usage: usageText(program),
  operand: 'requirements',
  operandHelp: 'Requirements to put in: names, specifiers, wheels, URLs of wheels. (default: None)',
})
