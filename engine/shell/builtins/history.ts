import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../../machine/system-calls.ts'
import { readText } from '../read-text.ts'
import { ShellError } from '../shell-error.ts'
import { readOptions, type Builtin } from './builtin.ts'

export const history: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('history', args, 'acd:nrwps')
  const { state, system } = shell
  const offset = options.get('d')
  const file = rest[0] ?? shell.variables.get('HISTFILE') ?? `${shell.variables.get('HOME')}/.bash_history`
  if (options.has('c')) state.history = []
  else if (offset !== undefined) {
    const index = Number(offset) < 0 ? state.history.length + Number(offset) : Number(offset) - 1
    if (state.history[index] === undefined) throw new ShellError(`${offset}: history position out of range`, 'command')
    state.history = state.history.filter((_, place) => place !== index)
  } else if (options.has('s')) {
    if (rest.length) state.history = [...state.history.slice(0, -1), rest.join(' ')]
  } else if (options.has('p')) await shell.write(1, rest.map((line) => `${line}\n`).join(''))
  else if (options.has('r') || options.has('n')) {
    const text = await readText(file, system)
    if (text === undefined) throw new ShellError(`${file}: cannot read: No such file or directory`, 'command')
    state.history = [...state.history, ...text.split('\n').filter(Boolean)]
  } else if (options.has('w') || options.has('a')) {
    const fd = await system.open(file, O_WRONLY | O_CREAT | (options.has('w') ? O_TRUNC : O_APPEND), 0o600)
    await shell.write(fd, state.history.map((line) => `${line}\n`).join(''))
    await system.close(fd)
  } else if (rest[0] === undefined || /^\d+$/.test(rest[0])) {
    const from = rest[0] === undefined ? 0 : Math.max(0, state.history.length - Number(rest[0]))
    const lines = state.history.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`)
    await shell.write(1, lines.slice(from).join(''))
  } else throw new ShellError(`${rest[0]}: numeric argument required`, 'command')
  return 0
}
