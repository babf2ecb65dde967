import { SystemError } from '../machine/system-error.ts'
import type { Interpreter } from './interpreter.ts'
import { ShellError } from './shell-error.ts'

/** Says what a failed command failed of, and gives its status. What ends more than the command, and what nobody expects, goes on up. */
export async function complainAbout(error: unknown, shell: Interpreter, name = ''): Promise<number> {
  const prefix = name && `${name}: `
  if (error instanceof SystemError) {
    await shell.complain(`${prefix}${error.path ? `${error.path}: ` : ''}${error.message}`)
    return 1
  }
  if (!(error instanceof ShellError) || error.reach !== 'command') throw error
  if (!error.prefixed) await shell.write(2, `${error.message}\n`)
  else if (error.message) await shell.complain(`${prefix}${error.message}`)
  return error.status
}
