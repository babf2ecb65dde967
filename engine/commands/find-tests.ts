import { isDirectory, isRegular, isSymlink, S_IFMT, type Stat } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { Failure } from './failure.ts'
import { fileKind } from './file-mode.ts'
import type { FindContext, FindTest, FoundFile } from './find-context.ts'
import { isSameFile } from './look-up.ts'
import { parseModeChange } from './mode-change.ts'
import { quoteName, quoteWord } from './quote-name.ts'

/** What a predicate is made from: its word, and the words after it, from which it takes its arguments. */
export interface PredicateSource {
  word: string
  context: FindContext
  rest: string[]
  /** The next word; throws where there is none. */
  argument(): string
}
export type MakePredicate = (source: PredicateSource) => FindTest | Promise<FindTest>

const day = 86_400_000
const minute = 60_000

const option = (change: (context: FindContext, source: PredicateSource) => void): MakePredicate => (source) => {
  change(source.context, source)
  return async () => true
}

const glob = (text: (file: FoundFile) => string, ignoreCase = false): MakePredicate => ({ argument }) => {
  const pattern = ignoreCase ? argument().toLowerCase() : argument()
  return async (file) => matchesPattern(ignoreCase ? text(file).toLowerCase() : text(file), pattern)
}

/** `+N` more than, `-N` less than, `N` exactly. */
function comparison(
  { word, argument }: PredicateSource,
  exact = (value: number, wanted: number) => value === wanted,
): (value: number) => boolean {
  const text = argument()
  const match = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text)
  if (!match) throw new Failure(`invalid argument \`${text}' to \`${word}'`)
  const wanted = Number(match[2])
  return match[1] === '+' ? (value) => value > wanted : match[1] === '-' ? (value) => value < wanted : (value) => exact(value, wanted)
}

const age = (time: 'mtime' | 'atime' | 'ctime', unit: number): MakePredicate => (source) => {
  // Days are counted in whole ones, minutes as they are (GNU find).
  const fits = unit === day ? comparison(source) : comparison(source, (value, wanted) => Math.ceil(value) === wanted)
  return async ({ stat }) => {
    const passed = (source.context.now - stat[time]) / unit
    return fits(unit === day ? Math.floor(passed) : passed)
  }
}

const newer = (time: 'mtime' | 'atime' | 'ctime'): MakePredicate => async ({ context, argument }) => {
  const reference = await statOf(context, argument())
  return async ({ stat }) => stat[time] > reference.mtime
}

async function statOf({ process }: FindContext, path: string): Promise<Stat> {
  try {
    return await process.system.stat(path)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`${quoteName(path)}: ${error.message}`)
    throw error
  }
}

const accessible = (mask: number): MakePredicate => ({ context }) => async ({ path }) => {
  try {
    await context.process.system.access(path, mask)
    return true
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

const depth = ({ word, argument }: PredicateSource): number => {
  const text = argument()
  if (!/^\d+$/.test(text)) throw new Failure(`Expected a positive decimal integer argument to ${word}, but got ${quoteWord(text)}`)
  return Number(text)
}

function kinds(text: string, word: string): string[] {
  if (text === '') throw new Failure(`Arguments to ${word} should contain at least one letter`)
  return text.split(',').map((letter, at, all) => {
    if (letter === '' && at === all.length - 1)
      throw new Failure(`Last file type in list argument to ${word} is missing, i.e., list is ending on: ','`)
    if (letter.length > 1) throw new Failure(`Must separate multiple arguments to ${word} using: ','`)
    if (!'bcdpfls'.includes(letter) || letter === '') throw new Failure(`Unknown argument to ${word}: ${letter}`)
    return letter === 'f' ? '-' : letter
  })
}

const type: MakePredicate = ({ word, argument }) => {
  const letters = kinds(argument(), word)
  return async ({ stat }) => letters.includes(fileKind(stat.mode).letter)
}

/** The kind of what is at a symlink's other end; with -L, of the symlink itself. */
const xtype: MakePredicate = ({ word, context, argument }) => {
  const letters = kinds(argument(), word)
  const { system } = context.process
  return async ({ path, stat }) => {
    try {
      const other = context.follow === 'always' ? await system.lstat(path) : isSymlink(stat.mode) ? await system.stat(path) : stat
      return letters.includes(fileKind(other.mode).letter)
    } catch (error) {
      if (error instanceof SystemError) return letters.includes('l')
      throw error
    }
  }
}

const sizeUnits: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }

const size: MakePredicate = (source) => {
  const text = source.argument()
  const letter = /[^\d]$/.exec(text)?.[0] ?? ''
  const unit = letter === '' ? 512 : sizeUnits[letter]
  if (unit === undefined) throw new Failure(`invalid -size type \`${letter}'`)
  const fits = comparison({ ...source, argument: () => (letter ? text.slice(0, -1) : text) })
  return async ({ stat }) => fits(Math.ceil(stat.size / unit))
}

const perm: MakePredicate = ({ argument }) => {
  const text = argument()
  const how = /^[-/]/.exec(text)?.[0] ?? ''
  const change = parseModeChange(text.slice(how.length))
  if (!change) throw new Failure(`invalid mode ${quoteWord(text)}`)
  const wanted = change(0, false, 0)
  if (how === '-') return async ({ stat }) => (stat.mode & wanted) === wanted
  // No bit asked for: any file fits (GNU find).
  if (how === '/') return async ({ stat }) => wanted === 0 || (stat.mode & wanted) !== 0
  return async ({ stat }) => (stat.mode & 0o7777) === wanted
}

const empty: MakePredicate = ({ context }) => async ({ path, stat }) => {
  if (!isDirectory(stat.mode)) return isRegular(stat.mode) && stat.size === 0
  try {
    return (await context.process.system.readdir(path)).length === 0
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

const owner = (id: 'uid' | 'gid', noun: string): MakePredicate => ({ context, argument }) => {
  const name = argument()
  const wanted = context.accounts[id](name)
  if (wanted === undefined) throw new Failure(`${quoteWord(name)} is not the name of ${noun}`)
  return async ({ stat }) => stat[id] === wanted
}

const sameFile: MakePredicate = async ({ context, argument }) => {
  const reference = await statOf(context, argument())
  return async ({ stat }) => isSameFile(stat, reference)
}

/** Options of an expression, which count for all of it, and its tests. */
export const findTests: Readonly<Record<string, MakePredicate>> = {
  '-maxdepth': option((context, source) => (context.maxDepth = depth(source))),
  '-mindepth': option((context, source) => (context.minDepth = depth(source))),
  '-depth': option((context) => (context.depthFirst = true)),
  '-d': option((context) => (context.depthFirst = true)),
  '-xdev': option((context) => (context.oneFileSystem = true)),
  '-mount': option((context) => (context.oneFileSystem = true)),
  '-follow': option((context) => (context.follow = 'always')),
  '-noleaf': option(() => {}),
  '-true': () => async () => true,
  '-false': () => async () => false,
  '-name': glob(({ name }) => name),
  '-iname': glob(({ name }) => name, true),
  '-path': glob(({ path }) => path),
  '-wholename': glob(({ path }) => path),
  '-ipath': glob(({ path }) => path, true),
  '-lname': glob(({ target }) => target),
  '-type': type,
  '-xtype': xtype,
  '-empty': empty,
  '-size': size,
  '-perm': perm,
  '-mtime': age('mtime', day),
  '-atime': age('atime', day),
  '-ctime': age('ctime', day),
  '-mmin': age('mtime', minute),
  '-amin': age('atime', minute),
  '-cmin': age('ctime', minute),
  '-newer': newer('mtime'),
  '-anewer': newer('atime'),
  '-cnewer': newer('ctime'),
  '-user': owner('uid', 'a known user'),
  '-group': owner('gid', 'an existing group'),
  '-uid': (source) => numberTest(source, ({ stat }) => stat.uid),
  '-gid': (source) => numberTest(source, ({ stat }) => stat.gid),
  '-links': (source) => numberTest(source, ({ stat }) => stat.nlink),
  '-inum': (source) => numberTest(source, ({ stat }) => stat.ino),
  '-samefile': sameFile,
  '-readable': accessible(4),
  '-writable': accessible(2),
  '-executable': accessible(1),
}

function numberTest(source: PredicateSource, value: (file: FoundFile) => number): FindTest {
  const fits = comparison(source)
  return async (file) => fits(value(file))
}

/** The letter of a file's kind as -type and -printf %y have it. */
export const kindLetter = ({ mode }: Stat) => ((mode & S_IFMT) === 0 ? 'U' : fileKind(mode).letter.replace('-', 'f'))
