/** read (POSIX XCU, with bash's -d -n -N -p -r -s -t -u). Takes no byte more than it uses, so that others can read on. */
import { lflag } from '../../machine/termios.ts'
import { SystemError } from '../../machine/system-error.ts'
import { createCharacterSource, timedOut } from '../character-source.ts'
import type { Interpreter } from '../interpreter.ts'
import { ShellError } from '../shell-error.ts'
import { isName } from '../word.ts'
import { readOptions, type Builtin } from './builtin.ts'

export const read: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('read', args, 'a:d:ei:n:N:p:rst:u:')
  if (options.has('a')) throw new ShellError('-a: arrays are not supported', 'command')
  for (const name of rest) if (!isName(name)) throw new ShellError(`\`${name}': not a valid identifier`, 'command')
  const fd = Number(options.get('u') ?? 0)
  const timeout = options.get('t')
  if (timeout !== undefined && !/^\d*\.?\d+$/.test(timeout)) throw new ShellError(`${timeout}: invalid timeout specification`, 'command')
  const isTerminal = await isTerminalAt(fd, shell)
  const prompt = options.get('p')
  if (prompt !== undefined && isTerminal) await shell.write(2, prompt)

  const count = options.get('N') ?? options.get('n')
  const before = isTerminal && (options.has('s') || count !== undefined) ? await shell.system.tcgetattr(fd) : undefined
  if (before) {
    const off = (options.has('s') ? lflag.ECHO : 0) | (count === undefined ? 0 : lflag.ICANON)
    await shell.system.tcsetattr(fd, 'drain', { ...before, lflag: before.lflag & ~off })
  }
  try {
    const input = await take(fd, shell, {
      delimiter: options.has('N') ? undefined : (options.get('d') ?? '\n').slice(0, 1) || '\0',
      raw: options.has('r'),
      characters: count === undefined ? Infinity : Number(count),
      deadline: timeout === undefined ? undefined : shell.process.now() + Number(timeout) * 1000,
    })
    assign(rest, input.text, input.quoted, options.has('N'), shell)
    return input.timedOut ? 142 : input.ended ? 1 : 0
  } finally {
    if (before) await shell.system.tcsetattr(fd, 'drain', before)
  }
}

async function isTerminalAt(fd: number, { system }: Interpreter): Promise<boolean> {
  try {
    return await system.isatty(fd)
  } catch (error) {
    if (error instanceof SystemError) throw new ShellError(`${fd}: invalid file descriptor: ${error.message}`, 'command')
    throw error
  }
}

interface Wanted {
  delimiter: string | undefined
  raw: boolean
  characters: number
  deadline: number | undefined
}

/** `quoted` are the indexes of characters that stood behind a backslash. */
async function take(fd: number, shell: Interpreter, { delimiter, raw, characters, deadline }: Wanted) {
  let text = ''
  let count = 0
  const quoted = new Set<number>()
  let escaped = false
  const source = createCharacterSource(fd, shell, deadline)
  for (;;) {
    const character = await source.next()
    if (typeof character !== 'string') return { text, quoted, ended: true, timedOut: character === timedOut }
    if (escaped) {
      escaped = false
      if (character === '\n') continue
      quoted.add(text.length)
    } else if (!raw && character === '\\') {
      escaped = true
      continue
    } else if (character === delimiter) {
      await source.giveBack()
      return { text, quoted, ended: false, timedOut: false }
    }
    if (character !== '\0') text += character
    if (++count >= characters) {
      await source.giveBack()
      return { text, quoted, ended: false, timedOut: false }
    }
  }
}

/** Splits by IFS; the last name takes what is left (POSIX read). */
function assign(names: string[], text: string, quoted: ReadonlySet<number>, whole: boolean, shell: Interpreter) {
  const [first = 'REPLY'] = names
  if (!names.length || whole) {
    shell.variables.set(first, text)
    return
  }
  const separators = shell.variables.get('IFS') ?? ' \t\n'
  const separates = (index: number) => separators.includes(text[index] ?? '') && !quoted.has(index) && index < text.length
  const isBlank = (index: number) => separates(index) && ' \t\n'.includes(text[index] ?? '')
  let at = 0
  while (isBlank(at)) at++
  for (const [position, name] of names.entries()) {
    if (position === names.length - 1) {
      let end = text.length
      while (end > at && isBlank(end - 1)) end--
      // One separator at the very end closes the last field; more of them belong to it.
      const rest = text.slice(at, end)
      const only = [...rest].filter((_, index) => separates(at + index) && !isBlank(at + index)).length === 1
      shell.variables.set(name, only && separates(end - 1) ? rest.slice(0, -1) : rest)
      return
    }
    const start = at
    while (at < text.length && !separates(at)) at++
    shell.variables.set(name, text.slice(start, at))
    while (isBlank(at)) at++
    if (separates(at) && !isBlank(at)) {
      at++
      while (isBlank(at)) at++
    }
  }
}
