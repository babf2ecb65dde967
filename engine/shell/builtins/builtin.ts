/** What builtins are, and the errors they share. */
import type { Interpreter } from '../interpreter.ts'
import { ShellError } from '../shell-error.ts'
import { synopses } from './synopses.ts'

/** `args` come without the builtin's name. Returns the exit status; a ShellError is said with the builtin's name before it. */
export type Builtin = (args: string[], shell: Interpreter) => Promise<number> | number

/** What is wrong, and below it `cd: usage: cd [-L|-P] [dir]`, with status 2. */
export function usage(name: string, problem?: string): ShellError {
  const text = `${name}: usage: ${synopses[name]?.usage ?? name}`
  return new ShellError(problem === undefined ? text : `${problem}\n${text}`, 'command', 2, problem !== undefined)
}

/** Reads leading options such as `-lp`; `letters` are those allowed, a colon behind one that takes a value. Throws usage errors. */
export function readOptions(name: string, args: string[], letters: string): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>()
  let at = 0
  for (; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at++
      break
    }
    if (!/^-./.test(arg)) break
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i] ?? ''
      const place = letters.indexOf(letter)
      if (letter === ':' || place < 0) throw usage(name, `-${letter}: invalid option`)
      if (letters[place + 1] !== ':') {
        options.set(letter, '')
        continue
      }
      const value = arg.slice(i + 1) || args[++at]
      if (value === undefined) throw usage(name, `-${letter}: option requires an argument`)
      options.set(letter, value)
      break
    }
  }
  return { options, rest: args.slice(at) }
}

/** A whole number or an error as exit, return, break and shift word it. */
export function numericArgument(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new ShellError(`${text}: numeric argument required`, 'command', 2)
  return Number(text)
}
