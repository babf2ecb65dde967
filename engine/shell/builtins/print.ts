/** echo, printf, test and let: thin over the pure functions that the programs of the same names use too. */
import { SystemError } from '../../machine/system-error.ts'
import { evaluateArithmetic } from '../arithmetic.ts'
import { decode } from '../escapes.ts'
import { evaluateTest } from '../evaluate-test.ts'
import { formatEcho } from '../format-echo.ts'
import { formatPrintf } from '../format-printf.ts'
import { timeZone } from '../format-time.ts'
import type { Interpreter } from '../interpreter.ts'
import { ShellError } from '../shell-error.ts'
import { isName } from '../word.ts'
import { usage, type Builtin } from './builtin.ts'
import { isOptionSet } from './set.ts'

async function print(bytes: Uint8Array, shell: Interpreter): Promise<void> {
  try {
    await shell.write(1, bytes)
  } catch (error) {
    if (error instanceof SystemError) throw new ShellError(`write error: ${error.message}`, 'command')
    throw error
  }
}

export const echo: Builtin = async (args, shell) => {
  await print(formatEcho(args), shell)
  return 0
}

export const printf: Builtin = async (args, shell) => {
  let rest = args
  let variable: string | undefined
  if (rest[0] === '-v') {
    variable = rest[1]
    if (variable === undefined) throw usage('printf', '-v: option requires an argument')
    if (!isName(variable)) throw new ShellError(`\`${variable}': not a valid identifier`, 'command', 2)
    rest = rest.slice(2)
  } else if (/^-[^-]/.test(rest[0] ?? '')) throw usage('printf', `${rest[0]?.slice(0, 2)}: invalid option`)
  if (rest[0] === '--') rest = rest.slice(1)
  const [format, ...values] = rest
  if (format === undefined) throw usage('printf')
  const { bytes, status, messages } = formatPrintf(format, values, { now: shell.process.now(), zone: timeZone(shell.variables.get('TZ')) })
  for (const message of messages) await shell.complain(`printf: ${message}`)
  if (variable === undefined) await print(bytes, shell)
  else shell.variables.set(variable, decode(bytes))
  return status
}

export const test = (name: '[' | 'test'): Builtin => async (args, shell) => {
  if (name === '[' && args.at(-1) !== ']') throw new ShellError("missing `]'", 'command', 2)
  const { status, message } = await evaluateTest(name === '[' ? args.slice(0, -1) : args, shell.system, {
    isSet: (variable) => shell.variables.get(variable) !== undefined,
    isOption: (option) => isOptionSet(option, shell),
  })
  if (message !== undefined) await shell.complain(`${name}: ${message}`)
  return status
}

export const letBuiltin: Builtin = (args, shell) => {
  if (!args.length) throw new ShellError('expression expected', 'command')
  let value = 0n
  for (const arg of args) {
    try {
      value = evaluateArithmetic(arg, shell.variables)
    } catch (error) {
      if (error instanceof ShellError) throw new ShellError(error.message, 'command')
      throw error
    }
  }
  return value === 0n ? 1 : 0
}
