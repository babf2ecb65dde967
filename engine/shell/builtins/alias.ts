import { singleQuote } from '../quoting.ts'
import { readOptions, usage, type Builtin } from './builtin.ts'

export const alias: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('alias', args, 'p')
  const { aliases } = shell.state
  const line = (name: string) => `alias ${name}=${singleQuote(aliases.get(name) ?? '')}\n`
  if (!rest.length || options.has('p')) await shell.write(1, [...aliases.keys()].sort().map(line).join(''))
  let status = 0
  for (const arg of rest) {
    const equals = arg.indexOf('=')
    const name = equals > 0 ? arg.slice(0, equals) : arg
    if (equals > 0 && /^[^\s/$`"'\\|&;()<>=]+$/.test(name)) aliases.set(name, arg.slice(equals + 1))
    else if (aliases.has(name)) await shell.write(1, line(name))
    else {
      await shell.complain(equals > 0 ? `alias: \`${name}': invalid alias name` : `alias: ${name}: not found`)
      status = 1
    }
  }
  return status
}

export const unalias: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('unalias', args, 'a')
  if (options.has('a')) shell.state.aliases.clear()
  else if (!rest.length) throw usage('unalias')
  let status = 0
  for (const name of rest) {
    if (shell.state.aliases.delete(name)) continue
    await shell.complain(`unalias: ${name}: not found`)
    status = 1
  }
  return status
}
