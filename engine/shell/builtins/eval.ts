/** eval, `.` and exec. */
import { O_CLOEXEC, O_RDONLY } from '../../machine/system-calls.ts'
import { SystemError } from '../../machine/system-error.ts'
import { decode } from '../escapes.ts'
import { findProgram, findPrograms } from '../find-program.ts'
import type { Interpreter } from '../interpreter.ts'
import { readAll } from '../read-text.ts'
import { replaceShell } from '../run-program.ts'
import { runText } from '../run-text.ts'
import { Leave, ShellError } from '../shell-error.ts'
import { readOptions, usage, type Builtin } from './builtin.ts'
import { normalize } from './cd.ts'

export const evalBuiltin: Builtin = (args, shell) => {
  if (!args.length) return 0
  return runText(args.join(' '), shell, { place: 'eval', firstLine: shell.source.line })
}

export const source = (name: '.' | 'source'): Builtin => async (args, shell) => {
  const { rest } = readOptions(name, args, '')
  const [file, ...parameters] = rest
  if (file === undefined) throw usage(name, 'filename argument required')
  const path = file.includes('/') ? file : ((await findPrograms(file, shell))[0]?.path ?? file)
  const { state } = shell
  const { positional } = state
  const text = await readScript(path, shell, file)
  const outer = shell.source
  if (parameters.length) state.positional = parameters
  shell.source = { name: path, line: 0 }
  shell.sourcing++
  try {
    return await runText(text, shell)
  } catch (error) {
    if (error instanceof Leave && error.kind === 'return') return error.status
    throw error
  } finally {
    shell.sourcing--
    shell.source = outer
    if (parameters.length) state.positional = positional
  }
}

async function readScript(path: string, { system, complain }: Interpreter, name: string): Promise<string> {
  try {
    const fd = await system.open(path, O_RDONLY | O_CLOEXEC)
    const bytes = await readAll(fd, system)
    await system.close(fd)
    return decode(bytes)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (error.code === 'EISDIR') throw new ShellError(`${name}: is a directory`, 'command')
    // bash does not say that it was `.` that asked.
    await complain(`${name}: ${error.message}`)
    throw new ShellError('', 'command')
  }
}

export const exec: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('exec', args, 'cla:')
  const [name, ...others] = rest
  if (name === undefined) return 0
  const found = await findProgram(name, shell)
  // bash looks at the absolute name, and says it.
  const path = found === undefined || found.startsWith('/') ? found : normalize(`${shell.state.cwd}/${found}`)
  const argv0 = `${options.has('l') ? '-' : ''}${options.get('a') ?? name}`
  try {
    if (path === undefined) throw new ShellError(`exec: ${name}: not found`, 'command', 127)
    return await replaceShell(path, [argv0, ...others], options.has('c') ? {} : shell.variables.environment(), shell)
  } catch (error) {
    if (!(error instanceof ShellError)) throw error
    await shell.complain(error.message)
    if (path !== undefined && error.status === 126) {
      await shell.complain(`exec: ${path}: cannot execute: ${error.message.replace(/^.*: /, '')}`)
    }
    if (shell.interactive) return error.status
    throw new Leave('exit', error.status)
  }
}
