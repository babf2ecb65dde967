import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { timeZone } from '../shell/format-time.ts'
import { readAccounts } from './accounts.ts'
import { chooseWord, whenChoices } from './choose-word.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { createColors } from './list-colors.ts'
import { listDirectories } from './list-directories.ts'
import { readEntry, type Entry } from './list-entry.ts'
import { formatEntries, type ListFormat } from './list-format.ts'
import { orderEntries, type Order, type SortKey } from './list-order.ts'
import { lsOptions, type LsArguments } from './ls-options.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { quoteInC, quoteName, quoteNameInMessage, quoteNameWhereNeeded, quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'
import { parseSize } from './size-text.ts'

export const ls = command(
  {
    name: 'ls',
    usage: '[OPTION]... [FILE]...',
    summary: 'List the FILEs, or what is in them where they are directories (the current directory by default), in order of name.',
    options: lsOptions,
    usageStatus: 2,
    details: 'Exit status: 0 if all went well, 1 for a problem below a directory, 2 for an operand that cannot be listed.',
  },
  async (args, process) => {
    const terminal = await process.system.isatty(process.stdout.fd)
    const format = await readFormat(args, process, terminal)
    const order = readOrder(args)
    const asFiles = args.has('d')
    // POSIX: -l, -d and -F show a symlink operand itself; otherwise one to a directory is listed as the directory.
    const followOperands = args.latest('L', 'H') !== undefined || (format.layout !== 'long' && !asFiles && format.marks !== 'all')
    let status = 0
    const operands: Entry[] = []
    for (const name of args.operands.length ? args.operands : ['.']) {
      try {
        operands.push(await readOperand(process, name, args.latest('L', 'H') !== undefined, followOperands))
      } catch (error) {
        await reportAction(process, 'cannot access', name, error)
        status = 2
      }
    }
    const ordered = orderEntries(operands, order)
    const files = asFiles ? ordered : ordered.filter(({ stat }) => !isDirectory(stat.mode))
    await process.stdout.write(formatEntries(files, format))
    if (asFiles) return status
    const directories = ordered.filter(({ stat }) => isDirectory(stat.mode))
    return Math.max(status, await listDirectories(process, directories.map(({ name }) => name), {
      format, order,
      follow: args.has('L'),
      recursive: args.has('R'),
      hidden: args.latest('a', 'A', 'f') === 'A' ? 'almost' : args.has('a') || args.has('f') ? 'all' : 'none',
      skipped: (name) => skips(args, name),
      titled: args.has('R') || args.operands.length > 1,
      printed: files.length > 0,
    }))
  },
)

async function readOperand(process: Process, name: string, follow: boolean, followToDirectory: boolean): Promise<Entry> {
  const entry = await readEntry(process, name, name, follow)
  const leads = followToDirectory && entry.targetMode !== undefined && isDirectory(entry.targetMode)
  return leads ? readEntry(process, name, name, true) : entry
}

function skips(args: LsArguments, name: string): boolean {
  if (args.has('B') && name.endsWith('~')) return true
  const patterns = args.given.filter((option) => option.name === 'I' || (option.name === 'hide' && !args.has('a') && !args.has('A')))
  return patterns.some(({ value }) => matchesPattern(name, value ?? ''))
}

async function readFormat(args: LsArguments, process: Process, terminal: boolean): Promise<ListFormat> {
  const color = args.has('color') ? chooseWord('--color', args.value('color') ?? 'always', whenChoices) : 'never'
  const colored = color === 'always' || (color === 'auto' && terminal)
  const asked = args.latest('l', 'g', 'o', 'n', 'full-time', '1', 'C', 'x', 'm', 'format')
  const chosen = asked === 'format' ? chooseWord('--format', args.value('format') ?? '', formatChoices) : asked
  const longAsked = ['l', 'g', 'o', 'n', 'full-time'].some((name) => name === chosen)
  // -1 after -l leaves the long layout as it is.
  const long =
    longAsked ||
    (chosen === '1' && args.latest('l', 'g', 'o', 'n', 'full-time', 'C', 'x', 'm') !== undefined && args.latest('l', 'C', 'x', 'm') === 'l')
  const layouts: Record<string, ListFormat['layout']> = { C: 'down', x: 'across', m: 'commas', '1': 'one' }
  const style = args.latest('N', 'Q', 'quoting-style')
  const unit = args.value('block-size')
  const size = unit === undefined ? undefined : parseSize(/^\d/.test(unit) ? unit : `1${unit}`)
  if (unit !== undefined && size === undefined) throw new Failure(`invalid --block-size argument ${quoteWord(unit)}`, { status: 2 })
  const marks = args.latest('F', 'p', 'file-type', 'indicator-style')
  const quoting =
    style === 'Q'
      ? 'c'
      : style === 'N'
        ? 'literal'
        : style
          ? chooseWord('--quoting-style', args.value('quoting-style') ?? '', quotingChoices)
          : terminal
            ? 'shell-escape'
            : 'literal'
  const layout = long ? 'long' : (layouts[chosen ?? (terminal ? 'C' : '1')] ?? 'one')
  return {
    layout,
    width: await lineWidth(args, process, terminal),
    tabs: !colored,
    quote: quotings[quoting][0],
    quoteTitle: quotings[quoting][1],
    align: quoting === 'shell-escape' && layout !== 'one' && layout !== 'commas',
    colors: colored ? createColors(process.env.LS_COLORS) : undefined,
    marks:
      marks === 'F'
        ? 'all'
        : marks === 'p'
          ? 'directories'
          : marks === 'file-type'
            ? 'kinds'
            : marks
              ? marksOf(args.value('indicator-style') ?? '')
              : undefined,
    inodes: args.has('i'),
    blocks: args.has('s'),
    human: args.latest('h', 'si') === 'h' ? 1024 : args.has('si') ? 1000 : undefined,
    unit: size,
    owner: !args.has('g'),
    group: !args.has('o') && !args.has('G'),
    author: args.has('author'),
    numeric: args.has('n'),
    accounts: await readAccounts(process.system),
    time: timeKind(args),
    timeStyle: args.has('full-time') ? 'full-iso' : timeStyle(args.value('time-style') ?? process.env.TIME_STYLE ?? 'locale'),
    zone: timeZone(process.env.TZ),
    now: process.now(),
    end: args.has('zero') ? '\0' : '\n',
  }
}

const formatChoices = [
  ['l', ['verbose', 'long']], ['m', ['commas']], ['x', ['horizontal', 'across']], ['C', ['vertical']], ['1', ['single-column']],
] as const
const quotingChoices = [
  ['literal', ['literal']],
  ['where-needed', ['shell']],
  ['always', ['shell-always']],
  ['shell-escape', ['shell-escape']],
  ['always', ['shell-escape-always']],
  ['c', ['c']],
] as const
const literal = (name: string) => name
const quotings = {
  literal: [literal, literal], 'where-needed': [quoteNameWhereNeeded, quoteNameInMessage], always: [quoteName, quoteName],
  'shell-escape': [quoteNameWhereNeeded, quoteNameInMessage], c: [quoteInC, quoteInC],
} as const

const marksOf = (word: string) => {
  const chosen = chooseWord('--indicator-style', word, [
    ['none', ['none']], ['directories', ['slash']], ['kinds', ['file-type']], ['all', ['classify']],
  ])
  return chosen === 'none' ? undefined : chosen
}

function timeStyle(word: string): string {
  const style = word.replace(/^posix-/, '')
  if (style.startsWith('+') || ['full-iso', 'long-iso', 'iso', 'locale'].includes(style)) return style
  const list = ['full-iso', 'long-iso', 'iso', 'locale'].map((one) => `\n  - [posix-]${one}`).join('')
  throw new Failure(
    `invalid argument ${quoteWord(word)} for 'time style'\nValid arguments are:${list}\n` +
    `  - +FORMAT (e.g., +%H:%M) for a 'date'-style format`,
    { usage: true },
  )
}

async function lineWidth(args: LsArguments, { env, system, stdout }: Process, terminal: boolean): Promise<number> {
  const word = args.value('w')
  if (word !== undefined && !/^\d+$/.test(word)) throw new Failure(`invalid line width: ${quoteWord(word)}`, { status: 2 })
  if (word !== undefined) return Number(word)
  if (env.COLUMNS && /^\d+$/.test(env.COLUMNS)) return Number(env.COLUMNS)
  return (terminal ? (await system.getWindowSize(stdout.fd)).columns : 0) || 80
}

function timeKind(args: LsArguments): ListFormat['time'] {
  const asked = args.latest('u', 'c', 'time')
  const word = asked === 'time' ? args.value('time') ?? '' : asked === 'u' ? 'atime' : asked === 'c' ? 'ctime' : 'mtime'
  return chooseWord('--time', word, [
    ['atime', ['atime', 'access', 'use']], ['ctime', ['ctime', 'status']], ['mtime', ['mtime', 'modification']],
  ])
}

function readOrder(args: LsArguments): Order {
  const asked = args.latest('S', 't', 'U', 'X', 'v', 'f', 'sort')
  const keys: Record<string, SortKey> = { S: 'size', t: 'time', U: 'none', X: 'extension', v: 'version', f: 'none' }
  const long = args.latest('l', 'g', 'o', 'n', 'full-time') !== undefined
  // -u and -c alone, without the long layout, sort by that time (POSIX).
  const implied = args.latest('u', 'c') !== undefined && !long ? 'time' : 'name'
  const key = asked === 'sort' ? chooseWord('--sort', args.value('sort') ?? '', sortChoices) : keys[asked ?? ''] ?? implied
  return { key, reverse: args.has('r'), time: timeKind(args), directoriesFirst: args.has('group-directories-first') }
}

const sortChoices = [
  ['none', ['none']], ['time', ['time']], ['size', ['size']], ['extension', ['extension']], ['version', ['version']], ['width', ['width']],
] as const
