/**
 * The command line of unzip, in Info-ZIP's own style: clusters of letters before the archive's name, then members, `-x` list and `-d`
 * directory.
 */
export interface UnzipOptions {
  /** `print` is -p, `show` is -c. */
  action: 'extract' | 'freshen' | 'update' | 'list' | 'verbose' | 'test' | 'comment' | 'print' | 'show' | 'version' | 'help'
  quiet: number
  overwrite: 'ask' | 'always' | 'never'
  junkPaths: boolean
  ignoreCase: boolean
  /** Names: 0 as they are, 1 those from DOS in lower case, 2 all of them. */
  lowerCase: number
  /** Times that are not restored: 1 of directories, 2 of files too. */
  ignoreTimes: number
  keepSpecialBits: boolean
  restoreOwner: boolean
  allowDotDot: boolean
  allowControl: boolean
  directory: string | undefined
  file: string | undefined
  included: string[]
  excluded: string[]
  /** Said on standard error before anything is done. */
  cautions: string[]
}

/** What is wrong with a command line: a message, or nothing where the usage is to be shown. */
export interface WrongUsage {
  wrong: string | undefined
}

const missingDirectory = 'error:  must specify directory to which to extract with -d option\n'
const twoDirectories = 'error:  -d option used more than once (only one exdir allowed)\n'

const actions: Record<string, UnzipOptions['action']> = {
  c: 'show',
  f: 'freshen',
  h: 'help',
  l: 'list',
  p: 'print',
  t: 'test',
  u: 'update',
  v: 'verbose',
  z: 'comment',
}
const counted = 'qLDj'
const flags = 'noCKX:^abUWM'

interface Letters {
  counts: Map<string, number>
  directory: string | undefined
}

/** One argument that begins with `-`; what follows it may be taken as -d's value. */
function readLetters(argument: string, rest: string[], into: Letters): WrongUsage | undefined {
  const { counts } = into
  let off = false
  let wrong: WrongUsage | undefined
  for (let at = 1; at < argument.length; at++) {
    const letter = argument[at]!
    if (letter === '-') {
      off = true
      continue
    }
    if (letter === 'Z') return { wrong: 'error:  -Z must be first option for ZipInfo mode (check UNZIP variable?)\n' }
    if (letter === 'd') {
      if (into.directory !== undefined) return { wrong: twoDirectories }
      const value = argument.slice(at + 1) || rest.shift()
      if (value === undefined) return { wrong: missingDirectory }
      into.directory = value
      return undefined
    }
    if (letter === 'h') {
      counts.set(letter, 1)
      return undefined
    }
    if (!actions[letter] && !counted.includes(letter) && !flags.includes(letter)) wrong = { wrong: undefined }
    counts.set(letter, off ? 0 : (counts.get(letter) ?? 0) + 1)
    off = false
  }
  return wrong
}

/** Members, then `-x` with what to leave out and `-d` with its directory, in either order. */
function readMembers(rest: string[], letters: Letters): { included: string[]; excluded: string[] } | WrongUsage {
  const lists = { included: [] as string[], excluded: [] as string[] }
  let list = lists.included
  while (rest.length) {
    const word = rest.shift()!
    if (word === '-x') list = lists.excluded
    else if (word.startsWith('-d') && (word.length > 2 || lists.included === list || lists.excluded.length)) {
      if (letters.directory !== undefined) return { wrong: twoDirectories }
      const value = word.slice(2) || rest.shift()
      if (value === undefined) return { wrong: missingDirectory }
      letters.directory = value
    } else list.push(word)
  }
  return lists
}

const actionOf = (counts: Map<string, number>, file: string | undefined): UnzipOptions['action'] | undefined => {
  const given = Object.keys(actions).filter((letter) => counts.get(letter))
  if (given.includes('h')) return 'help'
  if (file === undefined) return given.includes('v') && given.length === 1 ? 'version' : 'help'
  // As Info-ZIP has it: testing beats listing, -l and -v go together, and -z stands aside; other pairs contradict each other.
  const strong = given.filter((letter) => !'z'.includes(letter))
  if (strong.includes('t') && strong.every((letter) => 'tlv'.includes(letter))) return 'test'
  if (strong.every((letter) => 'lv'.includes(letter)) && strong.length) return strong.includes('v') ? 'verbose' : 'list'
  if (strong.length === 1) return actions[strong[0]!]
  if (strong.length === 0) return counts.get('z') ? 'comment' : 'extract'
  return undefined
}

export function parseUnzipOptions(args: readonly string[]): UnzipOptions | WrongUsage {
  const rest = [...args]
  const letters: Letters = { counts: new Map(), directory: undefined }
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const wrong = readLetters(rest.shift()!, rest, letters)
    if (wrong && !letters.counts.get('h')) return wrong
    if (letters.counts.get('h')) break
  }
  const file = rest.shift()
  const members = readMembers(rest, letters)
  if ('wrong' in members) return members
  const count = (letter: string) => letters.counts.get(letter) ?? 0
  const action = actionOf(letters.counts, file)
  if (!action) return { wrong: 'error:  -fn or any combination of -c, -l, -p, -t, -u and -v options invalid\n' }
  const cautions: string[] = []
  if (count('n') && count('o')) cautions.push('caution:  both -n and -o specified; ignoring -o\n')
  const extracts = action === 'extract' || action === 'freshen' || action === 'update'
  if (letters.directory !== undefined && !extracts) cautions.push('caution:  not extracting; -d ignored\n')
  return {
    action,
    quiet: count('q'),
    overwrite: count('n') ? 'never' : count('o') ? 'always' : 'ask',
    junkPaths: count('j') > 0,
    ignoreCase: count('C') > 0,
    lowerCase: count('L'),
    ignoreTimes: count('D'),
    keepSpecialBits: count('K') > 0,
    restoreOwner: count('X') > 0,
    allowDotDot: count(':') > 0,
    allowControl: count('^') > 0,
    directory: letters.directory,
    file,
    ...members,
    cautions,
  }
}
