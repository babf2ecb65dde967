import { findPrograms } from '../find-program.ts'
import { formatFunction } from '../format.ts'
import type { Interpreter } from '../interpreter.ts'
import { singleQuote } from '../quoting.ts'
import { readOptions, type Builtin } from './builtin.ts'
import { builtins } from './builtins.ts'
import { isExecutable } from '../find-program.ts'

export const keywords = [
  'if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time',
  '{', '}', '!', '[[', ']]', 'coproc',
]

/** What the name means, in the order in which the shell looks: as `type` says it, as `command -v` says it, or in one word (`type -t`). */
export async function describe(name: string, shell: Interpreter, style: 'long' | 'short' | 'word'): Promise<string[]> {
  const { aliases, functions, commandPaths } = shell.state
  const found: string[] = []
  const add = (word: string, short: string, long: string) => found.push(`${{ word, short, long }[style]}\n`)
  const alias = shell.interactive ? aliases.get(name) : undefined
  const definition = functions.get(name)
  if (alias !== undefined) add('alias', `alias ${name}=${singleQuote(alias)}`, `${name} is aliased to \`${alias}'`)
  if (keywords.includes(name)) add('keyword', name, `${name} is a shell keyword`)
  if (definition) add('function', name, `${name} is a function\n${formatFunction(definition)}`)
  if (Object.hasOwn(builtins, name)) add('builtin', name, `${name} is a shell builtin`)
  const hashed = commandPaths.get(name)
  if (hashed) add('file', hashed.path, `${name} is hashed (${hashed.path})`)
  for (const path of await filesOf(name, shell)) if (path !== hashed?.path) add('file', path, `${name} is ${path}`)
  return found
}

async function filesOf(name: string, shell: Interpreter): Promise<string[]> {
  if (name.includes('/')) return (await isExecutable(name, shell.system)) ? [name] : []
  return (await findPrograms(name, shell)).filter(({ executable }) => executable).map(({ path }) => path)
}

export const type: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('type', args, 'afptP')
  let status = 0
  for (const name of rest) {
    const onlyFiles = options.has('P') || options.has('p')
    const isFile = options.has('P') || (await describe(name, shell, 'word'))[0] === 'file\n'
    const paths = async () => (isFile ? (await filesOf(name, shell)).map((path) => `${path}\n`) : [])
    const all = onlyFiles ? await paths() : await describe(name, shell, options.has('t') ? 'word' : 'long')
    const shown = options.has('a') ? all : all.slice(0, 1)
    await shell.write(1, shown.join(''))
    if (all.length || (options.has('p') && !options.has('P') && (await describe(name, shell, 'word')).length)) continue
    if (!options.has('t') && !onlyFiles) await shell.complain(`type: ${name}: not found`)
    status = 1
  }
  return status
}
