/** What a shell knows, as a plain value that can be cloned: with the file system, a copy of it brings a session back. */
import type { FunctionDefinition } from './syntax.ts'

export interface Variable {
  /** undefined: declared (`export x`, `local x`) but unset. */
  value: string | undefined
  exported: boolean
  readonly: boolean
  /** `declare -i`: what is assigned is evaluated. */
  integer: boolean
}

/** `set -o` names, and the letters of those that have one. */
export const optionLetters = {
  allexport: 'a', braceexpand: 'B', emacs: '', errexit: 'e', hashall: 'h', histexpand: 'H', history: '', 'interactive-comments': '',
  monitor: 'm', noclobber: 'C', noexec: 'n', noglob: 'f', notify: 'b', nounset: 'u', pipefail: '',
  posix: '', verbose: 'v', vi: '', xtrace: 'x',
} as const
export type OptionName = keyof typeof optionLetters
export type Options = Record<OptionName, boolean>

export interface ShellState {
  variables: Map<string, Variable>
  functions: Map<string, FunctionDefinition>
  aliases: Map<string, string>
  options: Options
  /** The logical working directory (`$PWD` as the shell keeps it). */
  cwd: string
  /** Below the working directory on `dirs`' stack. */
  directories: string[]
  /** `$0` */
  zero: string
  positional: string[]
  /** `$?` */
  status: number
  /** `$$`: a subshell keeps its parent's. */
  pid: number
  /** `$!` */
  lastBackground: number | undefined
  history: string[]
  /** Signal name (without SIG) or EXIT, ERR, DEBUG -> command; '' ignores. */
  traps: Map<string, string>
  /** The hash table of command paths. */
  commandPaths: Map<string, { path: string; hits: number }>
  /** How many subshells deep. */
  depth: number
}

export function createState(init: { zero: string; pid: number; cwd: string }): ShellState {
  const options = Object.fromEntries(Object.keys(optionLetters).map((name) => [name, false])) as Options
  return {
    variables: new Map(),
    functions: new Map(),
    aliases: new Map(),
    options: { ...options, braceexpand: true, hashall: true, 'interactive-comments': true },
    cwd: init.cwd,
    directories: [],
    zero: init.zero,
    positional: [],
    status: 0,
    pid: init.pid,
    lastBackground: undefined,
    history: [],
    traps: new Map(),
    commandPaths: new Map(),
    depth: 0,
  }
}
