import type { Command, Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { grepFile, type GrepOptions } from './grep-file.ts'
import { grepMatcher } from './grep-matcher.ts'
import { grepFilesBelow } from './grep-tree.ts'
import { reasonOf, report } from './report.ts'

const usageLines = (program: string) => `Usage: ${program} [OPTION]... PATTERNS [FILE]...\nTry '${program} --help' for more information.`

const withFixedOptions = command(
  {
    name: 'grep',
    usage: '[OPTION]... PATTERNS [FILE]...',
    summary:
      'Search for PATTERNS in each FILE; several patterns stand on lines of their own.\n' +
      'When FILE is -, read standard input; with no FILE, read . if recursive, - otherwise.',
    options: {
      '-E, --extended-regexp': 'PATTERNS are extended regular expressions',
      '-F, --fixed-strings': 'PATTERNS are strings',
      '-G, --basic-regexp': 'PATTERNS are basic regular expressions',
      '-P, --perl-regexp': "PATTERNS are regular expressions of Perl's family (JavaScript's)",
      '-e, --regexp=PATTERNS': 'use PATTERNS for matching',
      '-f, --file=FILE': 'take PATTERNS from FILE',
      '-i, -y, --ignore-case': 'ignore case distinctions in patterns and data',
      '--no-ignore-case': 'do not ignore case distinctions (default)',
      '-w, --word-regexp': 'match only whole words',
      '-x, --line-regexp': 'match only whole lines',
      '-z, --null-data': 'a data line ends in 0 byte, not newline',
      '-s, --no-messages': 'suppress error messages',
      '-v, --invert-match': 'select non-matching lines',
      '-m, --max-count=NUM': 'stop after NUM selected lines',
      '-b, --byte-offset': 'print the byte offset with output lines',
      '-n, --line-number': 'print line number with output lines',
      '--line-buffered': 'flush output on every line',
      '-H, --with-filename': 'print file name with output lines',
      '-h, --no-filename': 'suppress the file name prefix on output',
      '--label=LABEL': 'use LABEL as the standard input file name prefix',
      '-o, --only-matching': 'show only nonempty parts of lines that match',
      '-q, --quiet, --silent': 'suppress all normal output',
      '--binary-files=TYPE': "assume that binary files are TYPE: 'binary', 'text' or 'without-match'",
      '-a, --text': 'equivalent to --binary-files=text',
      '-I': 'equivalent to --binary-files=without-match',
      '-r, --recursive': 'search directories, without following symbolic links',
      '-R, --dereference-recursive': 'likewise, but follow all symbolic links',
      '--include=GLOB': 'search only files that match GLOB (a file pattern)',
      '--exclude=GLOB': 'skip files that match GLOB',
      '--exclude-dir=GLOB': 'skip directories that match GLOB',
      '-L, --files-without-match': 'print only names of FILEs with no selected lines',
      '-l, --files-with-matches': 'print only names of FILEs with selected lines',
      '-c, --count': 'print only a count of selected lines per FILE',
      '-Z, --null': 'print 0 byte after FILE name',
      '-B, --before-context=NUM': 'print NUM lines of leading context',
      '-A, --after-context=NUM': 'print NUM lines of trailing context',
      '-C, --context=NUM': 'print NUM lines of output context (-NUM is the same)',
      '--color[=WHEN], --colour[=WHEN]': "highlight the matching strings; WHEN is 'always', 'never', or 'auto'",
    },
    details: 'Exit status is 0 if any line is selected, 1 otherwise; with an error, and not -q with a match, it is 2.',
    usageStatus: 2,
    hint: usageLines,
  },
  async (args, process) => {
    const operands = [...args.operands]
    const sources = args.given.filter(({ name }) => name === 'e' || name === 'f')
    if (sources.length === 0 && operands.length === 0) {
      await process.stderr.write(`${usageLines(process.argv[0] ?? 'grep')}\n`)
      return 2
    }
    const patterns: string[] = sources.length ? [] : operands.shift()!.split('\n')
    for (const { name, value } of sources) patterns.push(...(name === 'e' ? value!.split('\n') : await patternsIn(process, value!)))
    const recursive = args.latest('r', 'R')
    const names = operands.length ? operands : [recursive ? '.' : '-']
    const when = args.has('color') ? (args.value('color') ?? 'auto') : 'never'
    if (!['always', 'yes', 'force', 'never', 'no', 'none', 'auto', 'tty', 'if-tty'].includes(when))
      throw new Failure('unknown color option', { usage: true, status: 2 })
    const binary = args.latest('binary-files', 'a', 'I')
    const binaryFiles = binary === 'a' ? 'text' : binary === 'I' ? 'without-match' : (args.value('binary-files') ?? 'binary')
    if (!['text', 'binary', 'without-match'].includes(binaryFiles)) throw new Failure('unknown binary-files type', { status: 2 })

    const warnings: string[] = []
    const options: GrepOptions = {
      matcher: grepMatcher(patterns, {
        warn: (message) => void warnings.push(message),
        syntax: args.latest('E', 'F', 'G', 'P') ?? 'G',
        ignoreCase: args.latest('i', 'no-ignore-case') === 'i',
        within: args.has('x') ? 'line' : args.has('w') ? 'word' : undefined,
      }),
      invert: args.has('v'),
      show: args.has('q') ? 'nothing' : args.has('L') || args.has('l') ? 'names' : args.has('c') ? 'counts' : 'lines',
      names: args.latest('H', 'h') === 'H' || (args.latest('H', 'h') === undefined && (names.length > 1 || recursive !== undefined)),
      lineNumbers: args.has('n'),
      byteOffsets: args.has('b'),
      onlyMatching: args.has('o'),
      limit: amount(args.value('m'), 'invalid max count'),
      before: context(args.value('B')) ?? context(args.value('C')) ?? 0,
      context: args.has('A') || args.has('B') || args.has('C'),
      after: context(args.value('A')) ?? context(args.value('C')) ?? 0,
      color:
        ['always', 'yes', 'force'].includes(when) ||
        (['auto', 'tty', 'if-tty'].includes(when) && process.env.TERM !== 'dumb' && (await process.system.isatty(process.stdout.fd))),
      binaryFiles,
      nameEnd: args.has('Z') ? '\0' : undefined,
      end: args.has('z') ? 0 : 10,
      contextShown: false,
    }
    for (const warning of warnings) await report(process, `warning: ${warning}`)
    const silent = args.has('s')
    const label = args.value('label') ?? '(standard input)'
    const wantsMatch = args.latest('L', 'l') !== 'L'
    let status = 1
    let failed = false
    const fail = async (name: string, error: unknown) => {
      failed = true
      if (!silent) await report(process, `${name}: ${reasonOf(error)}`)
    }
    const search = async (name: string) => {
      await eachInput(
        process,
        [name],
        async (input) => {
          const { matched, selected } = await grepFile(input, name === '-' ? label : name, process, options)
          if (selected > 0) status = 0
          if (options.show === 'names' && matched === wantsMatch) {
            const shown = name === '-' ? label : name
            await process.stdout.write((options.color ? `\u001b[35m\u001b[K${shown}\u001b[m\u001b[K` : shown) + (options.nameEnd ?? '\n'))
          }
        },
        fail,
      )
    }
    const globs = {
      include: args.given.filter(({ name }) => name === 'include').map(({ value }) => value!),
      exclude: args.given.filter(({ name }) => name === 'exclude').map(({ value }) => value!),
      excludeDirectory: args.given.filter(({ name }) => name === 'exclude-dir').map(({ value }) => value!),
    }
    for (const name of names) {
      if (recursive && name !== '-') {
        const bare = operands.length === 0
        for await (const path of grepFilesBelow(process, name, { ...globs, follow: recursive === 'R', bare }, fail)) {
          await search(path)
          if (options.show === 'nothing' && status === 0) return 0
        }
        continue
      }
      if (name !== '-' && (await isDirectoryName(process, name))) {
        await fail(name, new SystemError('EISDIR', name))
        continue
      }
      await search(name)
      if (options.show === 'nothing' && status === 0) return 0
    }
    return failed ? 2 : status
  },
)

/** `-3` is short for `-C 3`. */
export const grep: Command = (args, process) => {
  const end = args.indexOf('--')
  return withFixedOptions(
    args.map((arg, at) =>
      /^-\d+$/.test(arg) && (end === -1 || at < end) && !/^-[efmABC]$/.test(args[at - 1] ?? '') ? `-C${arg.slice(1)}` : arg,
    ),
    process,
  )
}

async function patternsIn(process: Process, name: string): Promise<string[]> {
  let text = ''
  await eachInput(
    process,
    [name],
    async (input) => {
      text = new TextDecoder().decode(await input.all())
    },
    async (_, error) => {
      throw new Failure(`${name}: ${error.message}`, { status: 2 })
    },
  )
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

async function isDirectoryName(process: Process, name: string): Promise<boolean> {
  try {
    return isDirectory((await process.system.stat(name)).mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

function amount(text: string | undefined, complaint: string): number {
  if (text === undefined) return Infinity
  if (!/^-?\d+$/.test(text)) throw new Failure(complaint, { status: 2 })
  return Number(text) < 0 ? Infinity : Number(text)
}

function context(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d+$/.test(text)) throw new Failure(`${text}: invalid context length argument`, { status: 2 })
  return text === undefined ? undefined : Number(text)
}
