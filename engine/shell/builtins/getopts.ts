/** getopts (POSIX XCU). The place inside a group such as `-ab` is kept with OPTIND, as bash keeps it out of sight. */
import { isName } from '../word.ts'
import type { Interpreter } from '../interpreter.ts'
import { usage, type Builtin } from './builtin.ts'

/** OPTIND as this builtin left it, and the next letter's index in that argument. */
const places = new WeakMap<Interpreter, { index: string; letter: number }>()

export const getopts: Builtin = async ([options, name, ...given], shell) => {
  if (options === undefined || name === undefined) throw usage('getopts')
  const { variables } = shell
  const args = given.length ? given : shell.state.positional
  const index = variables.get('OPTIND') ?? '1'
  const place = places.get(shell)
  let letterAt = place?.index === index ? place.letter : 1
  let at = Number(index)
  const silent = options.startsWith(':')
  const finish = (letter: string, argument: string | undefined, status = 0) => {
    variables.set('OPTIND', String(at))
    places.set(shell, { index: String(at), letter: letterAt })
    if (argument === undefined) variables.unset('OPTARG')
    else variables.set('OPTARG', argument)
    if (!isName(name)) return shell.complain(`getopts: \`${name}': not a valid identifier`).then(() => 1)
    variables.set(name, letter)
    return status
  }
  const arg = args[at - 1]
  if (arg === undefined || !/^-./.test(arg) || arg === '--') {
    if (arg === '--') at++
    letterAt = 1
    return finish('?', undefined, 1)
  }
  const letter = arg[letterAt] ?? ''
  const takes = options[options.indexOf(letter, silent ? 1 : 0) + 1] === ':'
  const known = letter !== ':' && options.includes(letter, silent ? 1 : 0)
  letterAt++
  const rest = arg.slice(letterAt)
  if (!rest || (known && takes)) {
    at++
    letterAt = 1
  }
  const complain = async (text: string) => {
    if (!silent && variables.get('OPTERR') !== '0') await shell.write(2, `${shell.state.zero}: ${text} -- ${letter}\n`)
  }
  if (!known) {
    await complain('illegal option')
    return finish('?', silent ? letter : undefined)
  }
  if (!takes) return finish(letter, undefined)
  if (rest) return finish(letter, rest)
  const value = args[at - 1]
  if (value !== undefined) {
    at++
    return finish(letter, value)
  }
  await complain('option requires an argument')
  return silent ? finish(':', letter) : finish('?', undefined)
}
