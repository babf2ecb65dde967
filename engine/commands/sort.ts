import type { Process } from '../machine/process.ts'
import { O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { argumentToText, bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteNameInMessage, quoteWord } from './quote-name.ts'
import { NEWLINE, NUL, records, type LineEnd } from './records.ts'
import { report } from './report.ts'
import { compareKeys, keyText, parseKey, plainOrdering, readyKey, setOrdering, type ReadyKey, type SortKey } from './sort-key.ts'

const orderingNames = { 'general-numeric': 'g', 'human-numeric': 'h', month: 'M', numeric: 'n', version: 'V' } as const

export const sort = command(
  {
    name: 'sort',
    usage: '[OPTION]... [FILE]...',
    summary: 'Write sorted concatenation of all FILEs to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-b, --ignore-leading-blanks': 'ignore leading blanks',
      '-d, --dictionary-order': 'consider only blanks and alphanumeric characters',
      '-f, --ignore-case': 'fold lower case to upper case characters',
      '-g, --general-numeric-sort': 'compare according to general numerical value',
      '-i, --ignore-nonprinting': 'consider only printable characters',
      '-M, --month-sort': "compare (unknown) < 'JAN' < ... < 'DEC'",
      '-h, --human-numeric-sort': 'compare human readable numbers (e.g., 2K 1G)',
      '-n, --numeric-sort': 'compare according to string numerical value',
      '-r, --reverse': 'reverse the result of comparisons',
      '--sort=WORD': 'sort according to WORD: general-numeric -g, human-numeric -h,\nmonth -M, numeric -n, version -V',
      '-V, --version-sort': 'natural sort of (version) numbers within text',
      '-c': 'check for sorted input; do not sort',
      '--check[=WORD]': "like -c; WORD is 'diagnose-first', or 'quiet' for -C",
      '-C': 'like -c, but do not report first bad line',
      '-k, --key=KEYDEF': 'sort via a key; KEYDEF gives location and type',
      '-m, --merge': 'merge already sorted files; do not sort',
      '-o, --output=FILE': 'write result to FILE instead of standard output',
      '-s, --stable': 'stabilize sort by disabling last-resort comparison',
      '-S, --buffer-size=SIZE': '(ignored)',
      '-t, --field-separator=SEP': 'use SEP instead of non-blank to blank transition',
      '-T, --temporary-directory=DIR': '(ignored)',
      '--parallel=N': '(ignored)',
      '-u, --unique': 'with -c, check for strict ordering; without -c, output only the\nfirst of an equal run',
      '-z, --zero-terminated': 'line delimiter is NUL, not newline',
    },
    details:
      'KEYDEF is F[.C][OPTS][,F[.C][OPTS]] for start and stop position, where F is a field number\n' +
      'and C a character position in the field, both from 1; OPTS is one or more of bdfgiMhnrV.',
    usageStatus: 2,
  },
  async (args, process) => {
    const global = plainOrdering()
    const keys: { key: SortKey; letters: string }[] = []
    let globalLetters = ''
    for (const { name, value } of args.given) {
      const letter = name === 'sort' ? orderingNames[oneOf(value!)] : name
      if (name === 'k') keys.push(parseKey(value!))
      else if (letter.length === 1 && setOrdering(global, letter, 'both')) globalLetters += letter
    }
    for (const letters of [globalLetters, ...keys.map((one) => one.letters)]) checkTogether(letters)
    // A key without options of its own takes the global ones.
    const used = keys.map(({ key, letters }) => (letters ? key : { ...key, ordering: global }))
    if (used.length === 0 && globalLetters.replace('r', ''))
      used.push({ ordering: global, startField: 0, startCharacter: 0, endField: undefined, endCharacter: 0 })
    const tab = separator(args.given.filter(({ name }) => name === 't').map(({ value }) => value!))
    const end = args.has('z') ? NUL : NEWLINE
    const check = args.latest('c', 'check', 'C')
    const quiet = check === 'C' || (check === 'check' && ['quiet', 'silent'].includes(args.value('check') ?? ''))
    const names = args.operands.length ? args.operands : ['-']
    if (check && names.length > 1) throw new Failure(`extra operand ${quoteName(names[1]!)} not allowed with -c`, { status: 2 })
    const compareBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
    const unique = args.has('u')
    const whole = !args.has('s') && !unique
    const ready = (line: string): Sortable => ({ line, keys: used.map((key) => readyKey(keyText(line, key, tab), key.ordering)) })
    const compare = (a: Sortable, b: Sortable): number => {
      for (let at = 0; at < used.length; at++) {
        const result = compareKeys(a.keys[at]!, b.keys[at]!, used[at]!.ordering)
        if (result) return result
      }
      if (used.length && !whole) return 0
      return global.reverse ? -compareBytes(a.line, b.line) : compareBytes(a.line, b.line)
    }

    if (check) {
      const out = (a: string, b: string) => compare(ready(a), ready(b)) >= (unique ? 0 : 1)
      return checkSorted(process, names[0]!, end, out, quiet)
    }
    const lines: Sortable[] = []
    const status = await eachInput(
      process,
      names,
      async (input) => {
        for await (const { text } of records(input, bytesToText, end)) {
          lines.push(ready(text))
          await process.breathe()
        }
      },
      cannotRead,
    )
    if (status) return status
    const sorted = await sortGently(lines, compare, process)
    const out = await outputFor(process, args.value('o'))
    let last: Sortable | undefined
    for (const one of sorted) {
      if (unique && last !== undefined && compare(last, one) === 0) continue
      last = one
      await out.write(textToBytes(one.line + String.fromCharCode(end)))
      await process.breathe()
    }
    await out.flush()
    return 0
  },
)

interface Sortable {
  line: string
  keys: ReadyKey[]
}

/** A stable merge sort of runs that lets other processes (and Ctrl-C) in between. */
async function sortGently<T>(items: readonly T[], compare: (a: T, b: T) => number, process: Process): Promise<T[]> {
  const RUN = 1024
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare))
    await process.breathe()
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [left, right] = [runs[at]!, runs[at + 1] ?? []]
      const out: T[] = []
      let [i, j] = [0, 0]
      while (i < left.length || j < right.length) {
        const takeLeft = j >= right.length || (i < left.length && compare(left[i]!, right[j]!) <= 0)
        out.push(takeLeft ? left[i++]! : right[j++]!)
        if (out.length % RUN === 0) await process.breathe()
      }
      merged.push(out)
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function cannotRead(name: string, error: SystemError, opened: boolean): Promise<never> {
  throw new Failure(`${opened ? 'read failed' : 'cannot read'}: ${quoteNameInMessage(name)}: ${error.message}`, { status: 2 })
}

async function outputFor(process: Process, name: string | undefined) {
  if (name === undefined) return process.stdout
  try {
    return process.writer(await process.system.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`open failed: ${quoteNameInMessage(name)}: ${error.message}`, { status: 2 })
    throw error
  }
}

async function checkSorted(
  process: Process,
  name: string,
  end: LineEnd,
  disordered: (a: string, b: string) => boolean,
  quiet: boolean,
): Promise<number> {
  let status = 0
  await eachInput(
    process,
    [name],
    async (input) => {
      let previous: string | undefined
      let number = 0
      for await (const { text: line } of records(input, bytesToText, end)) {
        number++
        if (previous !== undefined && disordered(previous, line)) {
          if (!quiet) {
            await report(process, `${quoteNameInMessage(name)}:${number}: disorder: ${new TextDecoder().decode(textToBytes(line))}`)
          }
          status = 1
          return
        }
        previous = line
      }
    },
    cannotRead,
  )
  return status
}

function oneOf(word: string): keyof typeof orderingNames {
  const found = Object.keys(orderingNames).filter((name) => name.startsWith(word))
  if (found.length === 1) return found[0] as keyof typeof orderingNames
  const list = ['general-numeric', 'human-numeric', 'month', 'numeric', 'random', 'version'].map((name) => `  - '${name}'`).join('\n')
  throw new Failure(`invalid argument ${quoteWord(word)} for '--sort'\nValid arguments are:\n${list}`, { usage: true, status: 1 })
}

/** Kinds of order exclude each other, and -d and -i fit text only. */
function checkTogether(letters: string): void {
  const kinds = [...new Set(letters)].filter((letter) => 'ghMnV'.includes(letter))
  const text = [...new Set(letters)].filter((letter) => 'di'.includes(letter))
  const clash =
    kinds.length +
    (text.length && kinds.some((kind) => kind !== 'V' && kind !== 'M') ? 1 : 0) +
    (text.length && kinds.includes('M') ? 1 : 0)
  if (clash > 1) throw new Failure(`options '-${[...kinds, ...text].sort().join('')}' are incompatible`, { status: 2 })
}

function separator(given: string[]): string | undefined {
  let tab: string | undefined
  for (const value of given) {
    const text = value === '\\0' ? '\0' : argumentToText(value)
    if (text === '') throw new Failure('empty tab', { status: 2 })
    if (text.length > 1) throw new Failure(`multi-character tab ${quoteWord(value)}`, { status: 2 })
    if (tab !== undefined && tab !== text) throw new Failure('incompatible tabs', { status: 2 })
    tab = text
  }
  return tab
}
