/** exit, return, break, continue, shift. */
import type { Interpreter } from '../interpreter.ts'
import { stateOf } from '../jobs.ts'
import { Leave, ShellError } from '../shell-error.ts'
import { numericArgument, type Builtin } from './builtin.ts'

async function leave(args: string[], shell: Interpreter): Promise<never | number> {
  const [text, extra] = args[0] === '--' ? args.slice(1) : args
  let status = shell.state.status
  if (text !== undefined) {
    try {
      status = numericArgument(text) & 255
    } catch (error) {
      if (!(error instanceof ShellError)) throw error
      await shell.complain(`exit: ${error.message}`)
      throw new Leave('exit', 2)
    }
    if (extra !== undefined) throw new ShellError('exit: too many arguments')
  }
  if (shell.interactive && !shell.exitWarned && shell.jobs.list.some((job) => stateOf(job) === 'stopped')) {
    shell.exitWarned = true
    await shell.write(2, 'There are stopped jobs.\n')
    return 1
  }
  throw new Leave('exit', status)
}

export const exit: Builtin = async (args, shell) => {
  if (shell.interactive) await shell.write(2, shell.isLogin ? 'logout\n' : 'exit\n')
  return leave(args, shell)
}

export const logout: Builtin = async (args, shell) => {
  if (!shell.isLogin) throw new ShellError("not login shell: use `exit'", 'command')
  if (shell.interactive) await shell.write(2, 'logout\n')
  return leave(args, shell)
}

export const returnBuiltin: Builtin = async (args, shell) => {
  if (!shell.variables.inFunction && !shell.sourcing) {
    throw new ShellError("can only `return' from a function or sourced script", 'command', 2)
  }
  const [text] = args[0] === '--' ? args.slice(1) : args
  if (text === undefined) throw new Leave('return', shell.state.status)
  try {
    throw new Leave('return', numericArgument(text) & 255)
  } catch (error) {
    if (!(error instanceof ShellError)) throw error
    await shell.complain(`return: ${error.message}`)
    throw new Leave('return', 2)
  }
}

const loop = (kind: 'break' | 'continue'): Builtin => async (args, shell) => {
  if (!shell.loops) {
    await shell.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`)
    return 0
  }
  const [text] = args
  let levels = 1
  if (text !== undefined) {
    try {
      levels = numericArgument(text)
    } catch (error) {
      if (!(error instanceof ShellError)) throw error
      await shell.complain(`${kind}: ${error.message}`)
      throw new Leave('exit', 128)
    }
  }
  if (levels < 1) {
    await shell.complain(`${kind}: ${text}: loop count out of range`)
    throw new Leave('break', 1, shell.loops)
  }
  throw new Leave(kind, 0, Math.min(levels, shell.loops))
}

export const breakBuiltin = loop('break')
export const continueBuiltin = loop('continue')

export const shift: Builtin = ([text = '1'], shell) => {
  if (!/^\d+$/.test(text)) {
    throw new ShellError(/^-\d+$/.test(text) ? `${text}: shift count out of range` : `${text}: numeric argument required`, 'command')
  }
  if (Number(text) > shell.state.positional.length) return 1
  shell.state.positional = shell.state.positional.slice(Number(text))
  return 0
}
