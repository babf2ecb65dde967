/** set: options, positional parameters, and the list of variables. */
import type { Interpreter } from '../interpreter.ts'
import { formatFunction } from '../format.ts'
import { quoteWhereNeeded } from '../quoting.ts'
import { ShellError } from '../shell-error.ts'
import { optionLetters, type OptionName, type Options } from '../shell-state.ts'
import { usage, type Builtin } from './builtin.ts'

export const optionNames = (Object.keys(optionLetters) as OptionName[]).sort()
const isOption = (name: string | undefined): name is OptionName => name !== undefined && Object.hasOwn(optionLetters, name)

export const isOptionSet = (name: string, { state }: Interpreter) => isOption(name) && state.options[name]

export interface ShellOptions {
  /** The arguments behind the options. */
  rest: string[]
  /** `-o` or `+o` without a name. */
  list: '-' | '+' | undefined
  /** `--` or `-` was there. */
  ended: boolean
}

/** Applies `-eu`, `+x`, `-o pipefail` from the front of the arguments. */
export function readShellOptions(args: string[], options: Options, fail: (problem: string) => never): ShellOptions {
  let at = 0
  let list: '-' | '+' | undefined
  for (; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--' || arg === '-') return { rest: args.slice(at + 1), list, ended: true }
    const sign = arg[0]
    if ((sign !== '-' && sign !== '+') || arg.length < 2) break
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[at + 1]
        if (name === undefined) list = sign
        else if (isOption(name)) {
          options[name] = sign === '-'
          at++
        } else fail(`${name}: invalid option name`)
        continue
      }
      const found = optionNames.find((name) => optionLetters[name] === letter)
      if (!found) fail(`${sign}${letter}: invalid option`)
      options[found] = sign === '-'
    }
  }
  return { rest: args.slice(at), list, ended: false }
}

export const set: Builtin = async (args, shell) => {
  const { state } = shell
  if (!args.length) {
    const lines = [...state.variables].filter(([, { value }]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
    await shell.write(1, lines.map(([name, { value }]) => `${name}=${value ? quoteWhereNeeded(value) : ''}\n`).join(''))
    await shell.write(1, [...state.functions.values()].map((definition) => `${formatFunction(definition)}\n`).join(''))
    return 0
  }
  const { rest, list, ended } = readShellOptions(args, state.options, (problem) => {
    throw problem.endsWith('name') ? new ShellError(problem, 'command', 2) : usage('set', problem)
  })
  if (rest.length || ended) state.positional = rest.length || args.at(-1) === '--' ? rest : state.positional
  if (list === '-') await shell.write(1, optionNames.map((name) => `${name.padEnd(15)}\t${state.options[name] ? 'on' : 'off'}\n`).join(''))
  if (list === '+') await shell.write(1, optionNames.map((name) => `set ${state.options[name] ? '-' : '+'}o ${name}\n`).join(''))
  return 0
}
