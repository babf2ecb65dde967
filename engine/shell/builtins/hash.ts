import { findPrograms } from '../find-program.ts'
import { ShellError } from '../shell-error.ts'
import { readOptions, type Builtin } from './builtin.ts'
import { builtins } from './builtins.ts'

export const hash: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('hash', args, 'dlp:rt')
  const { commandPaths } = shell.state
  if (options.has('r')) commandPaths.clear()
  const given = options.get('p')
  let status = 0
  for (const name of rest) {
    if (options.has('t')) {
      const found = commandPaths.get(name)
      if (!found) throw new ShellError(`${name}: not found`, 'command')
      await shell.write(1, `${rest.length > 1 ? `${name}\t` : ''}${found.path}\n`)
    } else if (options.has('d')) commandPaths.delete(name)
    else if (given !== undefined) commandPaths.set(name, { path: given, hits: 0 })
    else if (!name.includes('/') && !Object.hasOwn(builtins, name) && !shell.state.functions.has(name)) {
      const found = (await findPrograms(name, shell)).find(({ executable }) => executable)
      if (found) commandPaths.set(name, { path: found.path, hits: 0 })
      else {
        await shell.complain(`hash: ${name}: not found`)
        status = 1
      }
    }
  }
  if (rest.length || options.has('r')) return status
  if (!commandPaths.size) await shell.write(1, 'hash: hash table empty\n')
  else if (options.has('l')) await shell.write(1, [...commandPaths].map(([name, { path }]) => `builtin hash -p ${path} ${name}\n`).join(''))
  else {
    const lines = [...commandPaths.values()].map(({ path, hits }) => `${String(hits).padStart(4)}\t${path}\n`)
    await shell.write(1, `hits\tcommand\n${lines.join('')}`)
  }
  return 0
}
