import { signals } from '../../machine/signals.ts'
import { singleQuote } from '../quoting.ts'
import { signalName, signalNumber } from '../traps.ts'
import { readOptions, usage, type Builtin } from './builtin.ts'
import { kill } from './kill.ts'

const conditions = new Set(['EXIT', 'ERR', 'DEBUG', 'RETURN'])

/** `INT`, `SIGINT` and `2` are INT; 0 is EXIT. */
function nameOf(text: string): string | undefined {
  const upper = text.toUpperCase()
  if (conditions.has(upper)) return upper
  const number = signalNumber(text)
  return number === 0 ? 'EXIT' : number === undefined ? undefined : signalName(number)
}

export const trap: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('trap', args, 'lp')
  if (options.has('l')) return kill(['-l'], shell)
  const { traps } = shell.state
  if (!rest.length || options.has('p')) {
    const wanted = rest.map(nameOf)
    const order = (name: string) => (signals as Record<string, number>)[`SIG${name}`] ?? (name === 'EXIT' ? 0 : 100)
    for (const [name, command] of [...traps].sort(([a], [b]) => order(a) - order(b))) {
      if (rest.length && !wanted.includes(name)) continue
      await shell.write(1, `trap -- ${singleQuote(command)} ${`SIG${name}` in signals ? 'SIG' : ''}${name}\n`)
    }
    return 0
  }
  const [first = '', ...others] = rest
  const resets = first === '-' || (!others.length && nameOf(first) !== undefined) || (/^\d+$/.test(first) && nameOf(first) !== undefined)
  const names = resets && first !== '-' ? rest : others
  if (!names.length) throw usage('trap')
  let status = 0
  for (const text of names) {
    const name = nameOf(text)
    if (name === undefined) {
      await shell.complain(`trap: ${text}: invalid signal specification`)
      status = 1
    } else await shell.traps.set(name, resets ? undefined : first)
  }
  return status
}
