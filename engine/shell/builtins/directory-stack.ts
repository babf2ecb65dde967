/** pushd, popd and dirs. */
import type { Interpreter } from '../interpreter.ts'
import { ShellError } from '../shell-error.ts'
import { readOptions, usage, type Builtin } from './builtin.ts'
import { change } from './cd.ts'

export const shorten = (path: string, home: string | undefined) =>
  home && home !== '/' && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path

const stackOf = ({ state }: Interpreter) => [state.cwd, ...state.directories]

async function print(shell: Interpreter) {
  await shell.write(1, `${stackOf(shell).map((path) => shorten(path, shell.variables.get('HOME'))).join(' ')}\n`)
  return 0
}

function position(text: string, count: number): number | undefined {
  const found = /^([+-])(\d+)$/.exec(text)
  if (!found) return undefined
  return found[1] === '+' ? Number(found[2]) : count - 1 - Number(found[2])
}

export const dirs: Builtin = async (args, shell) => {
  const spec = args.find((arg) => /^[+-]\d+$/.test(arg))
  const wrong = args.find((arg) => /^[+-]/.test(arg) && !/^([+-]\d+|-[clpv]+)$/.test(arg))
  if (wrong !== undefined) throw usage('dirs', `${wrong}: invalid number`)
  const { options } = readOptions('dirs', args.filter((arg) => arg !== spec), 'clpv')
  if (options.has('c')) {
    shell.state.directories = []
    return 0
  }
  const stack = stackOf(shell)
  const shown = options.has('l') ? stack : stack.map((path) => shorten(path, shell.variables.get('HOME')))
  if (spec !== undefined) {
    const index = position(spec, stack.length) ?? -1
    if (shown[index] === undefined) throw new ShellError(`${spec.slice(1)}: directory stack index out of range`, 'command')
    await shell.write(1, `${shown[index]}\n`)
    return 0
  }
  const lines = options.has('v') ? shown.map((path, index) => `${String(index).padStart(2)}  ${path}`) : shown
  await shell.write(1, `${lines.join(options.has('v') || options.has('p') ? '\n' : ' ')}\n`)
  return 0
}

export const pushd: Builtin = async (args, shell) => {
  const { state } = shell
  const stays = args[0] === '-n'
  const [target] = args.slice(stays ? 1 : 0)
  const stack = stackOf(shell)
  if (target === undefined) {
    const [second, ...rest] = state.directories
    if (second === undefined) throw new ShellError('no other directory', 'command')
    const from = state.cwd
    if (!stays) await change(second, shell, false, true)
    state.directories = [from, ...rest]
    return print(shell)
  }
  const index = position(target, stack.length)
  if (index === undefined && target.startsWith('-')) throw usage('pushd', `${target}: invalid number`)
  if (index !== undefined) {
    if (stack.length === 1) throw new ShellError('directory stack empty', 'command')
    if (stack[index] === undefined) throw new ShellError(`${target}: directory stack index out of range`, 'command')
    const rotated = [...stack.slice(index), ...stack.slice(0, index)]
    await change(rotated[0] ?? '/', shell, false, true)
    state.directories = rotated.slice(1)
    return print(shell)
  }
  if (stays) state.directories = [target, ...state.directories]
  else {
    await change(target, shell, false, true)
    state.directories = stack
  }
  return print(shell)
}

export const popd: Builtin = async (args, shell) => {
  const { state } = shell
  const stays = args[0] === '-n'
  const [target] = args.slice(stays ? 1 : 0)
  const stack = stackOf(shell)
  const index = target === undefined ? 0 : position(target, stack.length)
  if (index === undefined) throw usage('popd', `${target}: invalid argument`)
  if (stack.length === 1) throw new ShellError('directory stack empty', 'command')
  if (stack[index] === undefined) throw new ShellError(`${target}: directory stack index out of range`, 'command')
  if (index === 0 && !stays) {
    const [next = '/', ...rest] = state.directories
    await change(next, shell, false, true)
    state.directories = rest
  } else state.directories = state.directories.filter((_, place) => place !== Math.max(0, index - 1))
  return print(shell)
}
