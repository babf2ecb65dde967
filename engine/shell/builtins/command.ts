import { ShellError } from '../shell-error.ts'
import { runFields } from '../run-simple.ts'
import { readOptions, type Builtin } from './builtin.ts'
import { builtins } from './builtins.ts'
import { describe } from './type.ts'

const standardPath = '/usr/local/bin:/usr/bin:/bin'

export const command: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('command', args, 'pvV')
  const [name] = rest
  if (name === undefined) return 0
  if (!options.has('v') && !options.has('V')) {
    return runFields(rest, new Map(), shell, { skipFunctions: true, ...(options.has('p') && { path: standardPath }) })
  }
  let status = 1
  for (const each of rest) {
    const [found] = await describe(each, shell, options.has('V') ? 'long' : 'short')
    if (found !== undefined) {
      await shell.write(1, found)
      status = 0
    } else if (options.has('V')) await shell.complain(`command: ${each}: not found`)
  }
  return status
}

export const builtin: Builtin = async (args, shell) => {
  const [name, ...rest] = args
  if (name === undefined) return 0
  const found = Object.hasOwn(builtins, name) ? builtins[name] : undefined
  if (!found) throw new ShellError(`${name}: not a shell builtin`, 'command')
  return found(rest, shell)
}
