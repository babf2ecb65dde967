/** Tab completion: commands, variables, users' homes and files, quoted as the word that is being typed. */
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { backslashQuote } from './backslash-quote.ts'
import { builtins } from './builtins/builtins.ts'
import { keywords } from './builtins/type.ts'
import type { Interpreter } from './interpreter.ts'
import { byCodePoint } from './pathname.ts'
import { expandTilde } from './tilde.ts'

export interface Completion {
  /** Where the text to be replaced starts; it ends at the cursor. */
  start: number
  /** What may take its place, quoted: all of them start with what all have in common. */
  common: string
  /** Set when there is one candidate only: what goes behind it. */
  suffix: string
  /** As they are listed. */
  names: string[]
}

interface Word {
  start: number
  /** The word without its quotes. */
  text: string
  /** The quote that is open at the cursor. */
  quote: '"' | "'" | ''
  isCommand: boolean
}

interface Candidate {
  value: string
  name: string
  suffix: string
}

const opensCommand = new Set(['|', '&', ';', '(', '{', '!', 'then', 'do', 'else', 'elif', 'if', 'while', 'until', 'time'])

export async function complete(line: string, cursor: number, shell: Interpreter): Promise<Completion | undefined> {
  const word = wordAt(line.slice(0, cursor))
  const variable = word.quote === "'" ? null : /\$(\{?)([A-Za-z_0-9]*)$/.exec(word.text)
  const candidates = variable ? variables(variable[1] ?? '', variable[2] ?? '', shell) : await words(word, shell)
  if (!candidates.length) return undefined
  const values = candidates.map(({ value }) => value)
  const start = variable ? cursor - variable[0].length : word.start
  const quoted = (text: string) => (variable ? text : requote(text, word.quote))
  const only = candidates.length === 1 ? candidates[0] : undefined
  const closes = only && only.suffix === ' ' && !variable ? word.quote : ''
  return {
    start,
    common: quoted(commonPrefix(values)),
    suffix: only ? closes + only.suffix : '',
    names: candidates.map(({ name }) => name),
  }
}

/** The word that ends at the cursor, and whether it stands where a command's name does. */
function wordAt(line: string): Word {
  let word: Word = { start: 0, text: '', quote: '', isCommand: true }
  let previous = ''
  let isRedirection = false
  const begin = (start: number) => {
    if (word.text || word.quote) {
      const assigns = word.isCommand && /^[A-Za-z_]\w*=/.test(word.text)
      previous = assigns ? previous : word.text
      if (isRedirection) previous = ''
      isRedirection = false
    }
    const follows = previous === '' || opensCommand.has(previous)
    word = { start, text: '', quote: '', isCommand: follows && !isRedirection }
  }
  begin(0)
  for (let i = 0; i < line.length; i++) {
    const character = line[i] ?? ''
    if (word.quote) {
      if (character === word.quote) word.quote = ''
      else if (character === '\\' && word.quote === '"' && /["$`\\]/.test(line[i + 1] ?? '')) word.text += line[++i]
      else word.text += character
    } else if (character === '\\' && i + 1 < line.length) word.text += line[++i]
    else if (character === '"' || character === "'") word.quote = character
    else if (/[\s;|&()<>]/.test(character)) {
      begin(i + 1)
      if (/[;|&(]/.test(character)) previous = character
      if (/[<>]/.test(character)) isRedirection = true
      word.isCommand = !isRedirection && (previous === '' || opensCommand.has(previous))
    } else word.text += character
  }
  const assignment = word.isCommand && !word.quote ? /^[A-Za-z_]\w*=/.exec(word.text) : null
  if (!assignment) return word
  return { ...word, start: word.start + assignment[0].length, text: word.text.slice(assignment[0].length), isCommand: false }
}

function variables(brace: string, prefix: string, { state }: Interpreter): Candidate[] {
  const names = [...state.variables.keys()].filter((name) => name.startsWith(prefix)).sort(byCodePoint)
  return names.map((name) => ({ value: `$${brace}${name}`, name: `$${brace}${name}${brace && '}'}`, suffix: brace ? '}' : ' ' }))
}

async function words(word: Word, shell: Interpreter): Promise<Candidate[]> {
  if (word.isCommand && !/[/~]/.test(word.text)) return commands(word.text, shell)
  if (/^~[^/]*$/.test(word.text)) return [{ value: `${word.text}/`, name: word.text, suffix: '' }]
  const found = await files(word.text, shell)
  return word.isCommand ? found.filter(({ executable, suffix }) => executable || suffix === '') : found
}

async function commands(prefix: string, shell: Interpreter): Promise<Candidate[]> {
  const { state, system } = shell
  const known = [...Object.keys(builtins), ...keywords, ...state.functions.keys(), ...state.aliases.keys()]
  const names = new Set(known.filter((name) => name.startsWith(prefix)))
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    for (const { name, mode } of await list(directory || '.', shell)) {
      if (!name.startsWith(prefix) || isDirectory(mode) || names.has(name)) continue
      try {
        await system.access(`${directory || '.'}/${name}`, 1)
        names.add(name)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
      }
    }
  }
  const found = [...names].sort(byCodePoint).map((name) => ({ value: name, name, suffix: ' ' }))
  return found.length || !prefix ? found : (await files(prefix, shell)).filter(({ suffix }) => suffix === '')
}

async function files(text: string, shell: Interpreter): Promise<(Candidate & { executable: boolean })[]> {
  const slash = text.lastIndexOf('/') + 1
  const [directory, prefix] = [text.slice(0, slash), text.slice(slash)]
  const [home] = await expandTilde([{ type: 'literal', text: directory }], 'word', { system: shell.system, get: shell.variables.get })
  const real = home?.type === 'quoted' ? `${home.text}${directory.replace(/^~[^/]*/, '')}` : directory
  const shown = (name: string) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.'))
  const entries = (await list(real || '.', shell)).filter(({ name }) => shown(name))
  const found = []
  for (const { name, mode } of entries.sort((a, b) => byCodePoint(a.name, b.name))) {
    const isFolder = isDirectory(mode) || (isSymlink(mode) && (await isDirectoryAt(`${real}${name}`, shell)))
    found.push({
      value: `${directory}${name}${isFolder ? '/' : ''}`,
      name: `${name}${isFolder ? '/' : ''}`,
      suffix: isFolder ? '' : ' ',
      executable: await isExecutableAt(`${real}${name}`, shell),
    })
  }
  return found
}

async function list(directory: string, { system }: Interpreter) {
  try {
    return await system.readdir(directory)
  } catch (error) {
    if (error instanceof SystemError) return []
    throw error
  }
}

async function isDirectoryAt(path: string, { system }: Interpreter): Promise<boolean> {
  try {
    return isDirectory((await system.stat(path)).mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

async function isExecutableAt(path: string, { system }: Interpreter): Promise<boolean> {
  try {
    await system.access(path, 1)
    return true
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

function commonPrefix(values: string[]): string {
  const [first = '', ...rest] = values
  let length = first.length
  for (const value of rest) while (!value.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}

/** The text behind the quote that the person typed; without one, backslashes. A tilde at the start stays one. */
function requote(text: string, quote: Word['quote']): string {
  if (quote === "'") return `'${text.replaceAll("'", "'\\''")}`
  if (quote === '"') return `"${text.replace(/["$`\\]/g, '\\$&')}`
  const tilde = /^~[^/]*/.exec(text)?.[0] ?? ''
  const rest = text.slice(tilde.length)
  return tilde + (rest && backslashQuote(rest))
}
