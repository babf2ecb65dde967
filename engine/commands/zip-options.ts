/** The command line of zip, in Info-ZIP's own style: options anywhere, short ones in clusters, lists of patterns after -x and -i. */
import type { DeflateLevel } from '../archive/pack-data.ts'

export interface ZipOptions {
  action: 'add' | 'update' | 'freshen' | 'delete'
  recurse: boolean
  quiet: boolean
  verbose: boolean
  move: boolean
  junkPaths: boolean
  noDirectories: boolean
  keepLinks: boolean
  noExtra: boolean
  namesFromInput: boolean
  test: boolean
  askComment: boolean
  latestTime: boolean
  help: boolean
  level: DeflateLevel | 0
  /** Suffixes, with their dot, of files that are stored. */
  storedSuffixes: string[]
  include: string[]
  exclude: string[]
  file: string | undefined
  names: string[]
}

const flagNames: Record<string, string> = {
  r: 'recurse-paths',
  q: 'quiet',
  v: 'verbose',
  m: 'move',
  d: 'delete',
  u: 'update',
  f: 'freshen',
  j: 'junk-paths',
  D: 'no-dir-entries',
  y: 'symlinks',
  X: 'no-extra',
  '@': 'names-stdin',
  T: 'test',
  z: 'archive-comment',
  o: 'latest-time',
  h: 'help',
  '?': 'help',
}
const listNames: Record<string, string> = { x: 'exclude', i: 'include' }
const listWords: Record<string, string> = { x: 'exclude files matching patterns', i: 'include only files matching patterns' }
const valueNames: Record<string, string> = { n: 'suffixes', b: 'temp-path' }
/** Options of zip that this program does not have: an abbreviation is ambiguous where it is for zip. */
const otherNames: Record<string, string> = {
  A: 'adjust-sfx',
  c: 'entry-comments',
  e: 'encrypt',
  F: 'fix',
  g: 'grow',
  J: 'junk-sfx',
  k: 'DOS-names',
  l: 'to-crlf',
  L: 'license',
  O: 'output-file',
  P: 'password',
  R: 'recurse-patterns',
  t: 'from-date',
  U: 'copy-entries',
  w: 'no-wild',
  Z: 'compression-method',
}
const longByLetter = { ...flagNames, ...listNames, ...valueNames, ...otherNames }

/** A wrong command line, in zip's words. */
export class WrongZipUsage extends Error {}

const findLong = (given: string): string => {
  const matches = Object.entries(longByLetter).filter(([, name]) => name.startsWith(given))
  const exact = matches.find(([, name]) => name === given)
  if (matches.length === 0) throw new WrongZipUsage(`long option '${given}' not supported`)
  if (!exact && new Set(matches.map(([, name]) => name)).size > 1) throw new WrongZipUsage(`long option '${given}' ambiguous`)
  return (exact ?? matches[0]!)[0]
}

interface Reading {
  rest: string[]
  flags: Set<string>
  lists: Record<string, string[]>
  values: Map<string, string>
  level: number
}

/** A list's patterns run to the next option or `@`; the first may be attached. */
const readList = (letter: string, attached: string, reading: Reading) => {
  const list = reading.lists[letter]!
  const before = list.length
  if (attached) list.push(attached)
  while (reading.rest.length && !reading.rest[0]!.startsWith('-') && reading.rest[0] !== '@') list.push(reading.rest.shift()!)
  if (reading.rest[0] === '@') reading.rest.shift()
  if (list.length === before) throw new WrongZipUsage(`option '${letter}' (${listWords[letter]}) requires a value`)
}

const readLetter = (letter: string, after: string, reading: Reading): 'rest taken' | undefined => {
  if (listNames[letter]) {
    readList(letter, after.replace(/^=/, ''), reading)
    return 'rest taken'
  }
  if (valueNames[letter]) {
    const value = after.replace(/^=/, '') || reading.rest.shift()
    if (value === undefined) throw new WrongZipUsage(`option ${letter} requires a value`)
    reading.values.set(letter, value)
    return 'rest taken'
  }
  if (/[0-9]/.test(letter)) reading.level = Number(letter)
  else if (flagNames[letter]) reading.flags.add(letter)
  else throw new WrongZipUsage(`short option '${letter}' not supported`)
  return undefined
}

export function parseZipOptions(args: readonly string[]): ZipOptions {
  const reading: Reading = { rest: [...args], flags: new Set(), lists: { x: [], i: [] }, values: new Map(), level: 6 }
  const operands: string[] = []
  while (reading.rest.length) {
    const word = reading.rest.shift()!
    if (word === '--') operands.push(...reading.rest.splice(0))
    else if (word.startsWith('--')) {
      const [name, value = ''] = word.slice(2).split(/=(.*)/s)
      readLetter(findLong(name!), value, reading)
    } else if (word.startsWith('-') && word !== '-') {
      for (let at = 1; at < word.length; at++) {
        // -X- keeps what -X strips, the default here.
        if (word[at] === '-' && word[at - 1] === 'X') reading.flags.delete('X')
        else if (readLetter(word[at]!, word.slice(at + 1), reading)) break
      }
    } else operands.push(word)
  }
  const { flags } = reading
  const actions = (['d', 'u', 'f'] as const).filter((letter) => flags.has(letter))
  if (actions.length > 1) throw new WrongZipUsage('specify just one action')
  const [file, ...names] = operands
  if (flags.has('@') && (file === '-' || names.includes('-') || file === undefined)) {
    throw new WrongZipUsage("can't use - and -@ together")
  }
  return {
    action: actions[0] === 'd' ? 'delete' : actions[0] === 'u' ? 'update' : actions[0] === 'f' ? 'freshen' : 'add',
    recurse: flags.has('r'),
    quiet: flags.has('q'),
    verbose: flags.has('v'),
    move: flags.has('m'),
    junkPaths: flags.has('j'),
    noDirectories: flags.has('D'),
    keepLinks: flags.has('y'),
    noExtra: flags.has('X'),
    namesFromInput: flags.has('@'),
    test: flags.has('T'),
    askComment: flags.has('z'),
    latestTime: flags.has('o'),
    help: flags.has('h') || flags.has('?'),
    level: reading.level as DeflateLevel | 0,
    storedSuffixes: (reading.values.get('n') ?? '.Z:.zip:.zoo:.arc:.lzh:.arj')
      .split(/[:;]/)
      .map((suffix) => (suffix.startsWith('.') ? suffix : `.${suffix}`)),
    include: reading.lists['i']!,
    exclude: reading.lists['x']!,
    file,
    names,
  }
}
