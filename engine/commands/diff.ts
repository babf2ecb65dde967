import type { Process } from '../machine/process.ts'
import { isDirectory, type Stat } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { formatTime, timeZone } from '../shell/format-time.ts'
import { matchesPattern } from '../shell/pattern.ts'
import { baseName } from './basename.ts'
import { chooseWord, whenChoices } from './choose-word.ts'
import { command } from './command.ts'
import { formatNormal, formatUnified, paintNothing, paintWithColors, type Paint, type Side } from './diff-format.ts'
import { Failure } from './failure.ts'
import { fileKindName } from './file-mode.ts'
import { findChanges } from './line-changes.ts'
import { compareNames } from './list-order.ts'
import { joinPath } from './look-up.ts'
import { quoteNameWhereNeeded, quoteWord } from './quote-name.ts'
import { reportName } from './report.ts'

export const diff = command(
  {
    name: 'diff',
    usage: '[OPTION]... FILES',
    summary: 'Compare FILES (two files, or two directories file by file) line by line.',
    options: {
      '--normal': 'the default output',
      '-q, --brief': 'print only whether files differ',
      '-s, --report-identical-files': 'tell where two files are the same',
      '-u': 'unified output, with 3 lines of context',
      '-U, --unified=NUM': 'unified output, with NUM lines of context',
      '-r, --recursive': 'compare subdirectories too',
      '-N, --new-file': 'take missing files for empty',
      '-x, --exclude=PATTERN': 'leave out files that match PATTERN',
      '-i, --ignore-case': 'ignore differences of case',
      '-b, --ignore-space-change': 'ignore how much white space there is',
      '-w, --ignore-all-space': 'ignore all white space',
      '-a, --text': 'take all files for text',
      '-L, --label=LABEL': 'use LABEL for the file name and time in the header (once for each file)',
      '--color[=WHEN]': 'colour the output; never, always or auto (the default)',
    },
    details:
      'FILES are FILE1 FILE2, DIR1 DIR2, DIR FILE or FILE DIR; - is standard input.\n' +
      'Exit status: 0 for no difference, 1 for some, 2 for trouble.',
    usageStatus: 2,
    hint: (program) => `${program}: Try '${program} --help' for more information.`,
  },
  async (args, process) => {
    const [first, second, extra] = args.operands
    if (extra !== undefined) throw new Failure(`extra operand ${quoteWord(extra)}`, { usage: true })
    if (first === undefined || second === undefined)
      throw new Failure(`missing operand after ${quoteWord(process.argv.at(-1) ?? 'diff')}`, { usage: true })
    const contextWord = args.value('U')
    if (contextWord !== undefined && !/^\d+$/.test(contextWord))
      throw new Failure(`invalid context length ${quoteWord(contextWord)}`, { usage: true })
    const color = args.has('color') ? chooseWord('--color', args.value('color') ?? 'auto', whenChoices, 2) : 'never'
    const colored = color === 'always' || (color === 'auto' && (await process.system.isatty(process.stdout.fd)))
    const compare = createCompare(process, {
      context:
        args.latest('u', 'U', 'normal') === 'normal'
          ? undefined
          : contextWord !== undefined
            ? Number(contextWord)
            : args.has('u')
              ? 3
              : undefined,
      brief: args.has('q'),
      tellSame: args.has('s'),
      recursive: args.has('r'),
      missingIsEmpty: args.has('N'),
      asText: args.has('a'),
      excluded: args.given.filter(({ name }) => name === 'x').map(({ value }) => value ?? ''),
      labels: args.given.filter(({ name }) => name === 'L').map(({ value }) => value ?? ''),
      key: lineKey({ ignoreCase: args.has('i'), space: args.has('w') ? 'none' : args.has('b') ? 'one' : undefined }),
      paint: colored ? paintWithColors : paintNothing,
      words: optionWords(process.argv.slice(1), args.operands).map((word) => ` ${quoteNameWhereNeeded(word)}`).join(''),
      zone: timeZone(process.env.TZ),
    })
    return compare(first, second)
  },
)

/** The arguments without the operands. */
function optionWords(words: readonly string[], operands: readonly string[]): string[] {
  const rest = [...operands]
  return words.filter((word) => word !== rest[0] || rest.shift() === undefined)
}

/** What of a line counts in a comparison. */
function lineKey({ ignoreCase, space }: { ignoreCase: boolean; space: 'none' | 'one' | undefined }): (line: string) => string {
  return (line) => {
    const spaced = space === 'none' ? line.replace(/\s+/g, '') : space === 'one' ? line.replace(/\s+$/, '').replace(/\s+/g, ' ') : line
    return ignoreCase ? spaced.toLowerCase() : spaced
  }
}

interface Options {
  /** Lines of context of unified output; undefined: the default output. */
  context: number | undefined
  brief: boolean
  tellSame: boolean
  recursive: boolean
  missingIsEmpty: boolean
  asText: boolean
  excluded: string[]
  labels: string[]
  key: (line: string) => string
  paint: Paint
  /** The options as given, for the line above each pair of files of two directories. */
  words: string
  zone: string
}

interface Source {
  name: string
  /** undefined where the file is missing and taken for empty. */
  stat: Stat | undefined
}

function createCompare(process: Process, options: Options): (first: string, second: string) => Promise<number> {
  const { system, stdout } = process
  const look = async (name: string, other?: string): Promise<Source | undefined> => {
    try {
      return { name, stat: name === '-' ? await system.fstat(process.stdin.fd) : await system.stat(name) }
    } catch (error) {
      if (error instanceof SystemError && error.code === 'ENOENT' && options.missingIsEmpty && other !== undefined)
        return { name, stat: undefined }
      await reportName(process, name, error)
      return undefined
    }
  }
  const isFolder = (source: Source) => source.stat !== undefined && isDirectory(source.stat.mode)

  const read = async ({ name, stat }: Source): Promise<Uint8Array> => {
    if (!stat) return new Uint8Array()
    if (name === '-') return process.stdin.all()
    const fd = await system.open(name, O_RDONLY)
    try {
      return (await process.reader(fd).all()).slice()
    } finally {
      await system.close(fd)
    }
  }

  const files = async (old: Source, fresh: Source, above = ''): Promise<number> => {
    const [a, b] = [await read(old), await read(fresh)]
    const same = a.length === b.length && a.every((byte, at) => byte === b[at])
    if (same) {
      if (options.tellSame) await stdout.write(`Files ${old.name} and ${fresh.name} are identical\n`)
      return 0
    }
    const binary = !options.asText && (a.includes(0) || b.includes(0))
    const [left, right] = [toSide(a), toSide(b)]
    const changes = binary
      ? []
      : await findChanges(
          left.lines.map((_, at) => key(left, at)),
          right.lines.map((_, at) => key(right, at)),
          options.context ?? 0,
          process.breathe,
        )
    if (!binary && !changes.length) return 0
    if (options.brief || binary) {
      await stdout.write(`${binary && !options.brief ? 'Binary files' : 'Files'} ${old.name} and ${fresh.name} differ\n`)
      return 1
    }
    await stdout.write(above)
    if (options.context !== undefined) {
      const [oldLabel = heading(old), newLabel = heading(fresh)] = options.labels
      await stdout.write(`${options.paint('header', `--- ${oldLabel}`)}\n${options.paint('header', `+++ ${newLabel}`)}\n`)
    }
    const output = options.context === undefined
      ? formatNormal(changes, left, right, options.paint)
      : formatUnified(changes, left, right, options.context, options.paint)
    for (const part of output) {
      await stdout.write(part)
      await process.breathe()
    }
    return 1
  }
  /** The last line without a newline is another line than the same with one. */
  const key = (side: Side, at: number) => options.key(side.lines[at] ?? '') + (at === side.lines.length - 1 && !side.ended ? '\0' : '')

  const heading = ({ name, stat }: Source) => `${name}\t${formatTime('%Y-%m-%d %H:%M:%S.%N %z', stat?.mtime ?? 0, options.zone)}`

  const directories = async (old: string, fresh: string): Promise<number> => {
    const names = async (directory: string) =>
      (await system.readdir(directory))
        .map(({ name }) => name)
        .filter((name) => !options.excluded.some((pattern) => matchesPattern(name, pattern)))
    const [left, right] = [await names(old), await names(fresh)]
    let status = 0
    for (const name of [...new Set([...left, ...right])].sort(compareNames)) {
      const [a, b] = [joinPath(old, name), joinPath(fresh, name)]
      const missing = !left.includes(name) ? fresh : !right.includes(name) ? old : undefined
      if (missing !== undefined && !options.missingIsEmpty) {
        await stdout.write(`Only in ${missing}: ${name}\n`)
        status = Math.max(status, 1)
      } else status = Math.max(status, await entry(a, b))
    }
    return status
  }

  const entry = async (a: string, b: string): Promise<number> => {
    const [old, fresh] = [await look(a, b), await look(b, a)]
    if (!old || !fresh) return 2
    if (isFolder(old) && isFolder(fresh)) {
      if (options.recursive) return directories(a, b)
      await stdout.write(`Common subdirectories: ${a} and ${b}\n`)
      return 0
    }
    if ((isFolder(old) && fresh.stat) || (isFolder(fresh) && old.stat)) {
      const kind = ({ stat }: Source) => (stat ? fileKindName(stat.mode, stat.size) : '')
      await stdout.write(`File ${a} is a ${kind(old)} while file ${b} is a ${kind(fresh)}\n`)
      return 1
    }
    return files(old, fresh, `diff${options.words} ${a} ${b}\n`)
  }

  return async (first, second) => {
    const [old, fresh] = [await look(first, second), await look(second, first)]
    if (!old || !fresh) return 2
    try {
      if (isFolder(old) && isFolder(fresh)) return await directories(first, second)
      const inside = async (directory: string, file: string) => look(joinPath(directory, baseName(file)), file)
      const left = isFolder(old) ? await inside(first, second) : old
      const right = isFolder(fresh) ? await inside(second, first) : fresh
      return left && right ? await files(left, right) : 2
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await reportName(process, error.path ?? first, error)
      return 2
    }
  }
}

function toSide(bytes: Uint8Array): Side {
  const text = new TextDecoder().decode(bytes)
  const ended = text === '' || text.endsWith('\n')
  const lines = text.split('\n')
  if (ended) lines.pop()
  return { lines, ended }
}
