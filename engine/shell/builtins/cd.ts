/** cd and pwd (POSIX XCU; logical by default: `..` goes back through symbolic links). */
import { SystemError } from '../../machine/system-error.ts'
import type { Interpreter } from '../interpreter.ts'
import { ShellError } from '../shell-error.ts'
import { readOptions, type Builtin } from './builtin.ts'

export const cd: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('cd', args, 'LPe@')
  const { variables } = shell
  if (rest.length > 1) throw new ShellError('too many arguments', 'command')
  let [target] = rest
  let says = false
  if (target === undefined) {
    target = variables.get('HOME')
    if (target === undefined) throw new ShellError('HOME not set', 'command')
  } else if (target === '-') {
    target = variables.get('OLDPWD')
    if (target === undefined) throw new ShellError('OLDPWD not set', 'command')
    says = true
  }
  const physical = [...options.keys()].findLast((letter) => letter === 'P' || letter === 'L') === 'P'
  if (target === '') return 0
  for (const prefix of /^\.{0,2}\//.test(target) || target === '.' || target === '..' ? [] : (variables.get('CDPATH')?.split(':') ?? [])) {
    if (await change(prefix ? `${prefix}/${target}` : target, shell, physical, false)) {
      await shell.write(1, `${shell.state.cwd}\n`)
      return 0
    }
  }
  await change(target, shell, physical, true)
  if (says) await shell.write(1, `${shell.state.cwd}\n`)
  return 0
}

/** Goes to the directory and sets PWD and OLDPWD. False, or an error if `loud`, where it cannot. */
export async function change(target: string, shell: Interpreter, physical: boolean, loud: boolean): Promise<boolean> {
  const { system, state, variables } = shell
  const logical = normalize(target.startsWith('/') ? target : `${state.cwd}/${target}`)
  try {
    await system.chdir(physical ? target : logical)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    if (!loud) return false
    throw new ShellError(`${target}: ${error.message}`, 'command')
  }
  variables.set('OLDPWD', variables.get('PWD') ?? '')
  state.cwd = physical ? await system.getcwd() : logical
  variables.set('PWD', state.cwd)
  variables.declare('PWD', { exported: true })
  variables.declare('OLDPWD', { exported: true })
  return true
}

/** Removes `.`, `..` and doubled slashes without looking at the file system. */
export function normalize(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}

export const pwd: Builtin = async (args, shell) => {
  const { options } = readOptions('pwd', args, 'LP')
  const last = [...options.keys()].at(-1)
  await shell.write(1, `${last === 'P' ? await shell.system.getcwd() : shell.state.cwd}\n`)
  return 0
}
