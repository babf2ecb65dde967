import type { Abilities } from './pex-home.ts'

/** How an option takes its value, by argparse's ways and pex's own. */
export type OptionKind =
  /** The last one counts. */
  | 'value'
  /** All of them, in order. */
  | 'list'
  /** A value that may be left out: '' stands for it. */
  | 'maybe'
  /** True, false by a flag that begins with `--no`. */
  | 'switch'
  /** True. */
  | 'on'
  /** How often it was given. */
  | 'count'
  /** Answered at once: help, version. */
  | 'answer'

/** One option of the command line: what argparse's `add_argument` is told of it in pex. */
export interface Option {
  /** In pex's order, by which messages name it. */
  readonly flags: readonly string[]
  readonly name: string
  readonly kind: OptionKind
  /** How the help shows its value: without one, its choices, else the name in capitals. */
  readonly metavar?: string
  readonly choices?: readonly string[]
  /** What argparse calls the type in `invalid int value`. A `for_value` is checked by its type before its choices. */
  readonly type?: 'int' | 'for_value'
  /** A value as it must be, or what is wrong with it. */
  readonly check?: (value: string) => string | undefined
  /** As the help shows it; `None` where nothing is said. */
  readonly default?: string
  readonly help: string
  /** Why this builder cannot do it, and the way out. */
  readonly refused?: string
  /** What a home says of itself where it can be done all the same. */
  readonly refusedUnless?: keyof Abilities
  /** The value that it stands for, where it takes none. */
  readonly means?: string
  /** What pex warns of where it is given. */
  readonly deprecated?: string
  /** Options of one such name exclude each other. */
  readonly group?: 'repository' | 'runtime' | 'scie' | 'entry'
}

export interface OptionGroup {
  readonly title: string
  readonly description?: string
  readonly options: readonly Option[]
}

/** What a help text and messages call the value. */
export const metavarOf = (option: Option): string =>
  option.metavar ?? (option.choices ? `{${option.choices.join(',')}}` : option.name.toUpperCase())

/** How argparse names an option in a message. */
export const shownOption = (option: Option): string => option.flags.join('/')
