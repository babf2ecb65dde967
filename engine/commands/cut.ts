import { argumentToText, bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { NEWLINE, NUL, records } from './records.ts'

type Range = [first: number, last: number]

export const cut = command(
  {
    name: 'cut',
    usage: 'OPTION... [FILE]...',
    summary: 'Print selected parts of lines from each FILE to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-b, --bytes=LIST': 'select only these bytes',
      '-c, --characters=LIST': 'select only these characters',
      '-d, --delimiter=DELIM': 'use DELIM instead of TAB for field delimiter',
      '-f, --fields=LIST': 'select only these fields; also print any line that has\nno delimiter, unless -s is given',
      '-n': '(ignored)',
      '--complement': 'complement the set of selected bytes, characters or fields',
      '-s, --only-delimited': 'do not print lines without delimiters',
      '--output-delimiter=STRING': 'use STRING as the output delimiter',
      '-z, --zero-terminated': 'line delimiter is NUL, not newline',
    },
    details: 'A LIST is ranges separated by commas: N, N-, N-M or -M, counted from 1.',
  },
  async (args, process) => {
    const lists = args.given.filter(({ name }) => name === 'b' || name === 'c' || name === 'f')
    const [list] = lists
    if (!list) throw new Failure('you must specify a list of bytes, characters, or fields', { usage: true })
    if (lists.length > 1) throw new Failure('only one list may be specified', { usage: true })
    const byField = list.name === 'f'
    const delimiter = argumentToText(args.value('d') ?? '\t') || '\0'
    if (delimiter.length > 1) throw new Failure('the delimiter must be a single character', { usage: true })
    if (!byField && args.has('d')) throw new Failure('an input delimiter may be specified only when operating on fields', { usage: true })
    if (!byField && args.has('s'))
      throw new Failure('suppressing non-delimited lines makes sense\n\tonly when operating on fields', { usage: true })
    const ranges = normalise(parseList(list.value ?? '', byField), args.has('complement'))
    const given = args.value('output-delimiter')
    const between = given === undefined ? (byField ? delimiter : '') : argumentToText(given)
    const end = args.has('z') ? NUL : NEWLINE

    const lastField = Math.min(Math.max(...ranges.map(([, last]) => last)), 2 ** 32 - 1)
    const onlyDelimited = args.has('s')

    const select = (line: string): string | undefined => {
      if (!byField)
        return ranges
          .map(([first, last]) => line.slice(first - 1, last))
          .filter((part, at) => part || ranges[at]![0] <= line.length)
          .join(between)
      if (!line.includes(delimiter)) return onlyDelimited ? undefined : line
      const fields = line.split(delimiter, lastField)
      const [only] = ranges
      if (ranges.length === 1 && only![0] === only![1]) return fields[only![0] - 1] ?? ''
      return ranges.flatMap(([first, last]) => fields.slice(first - 1, last)).join(between)
    }
    return eachInput(process, args.operands.length ? args.operands : ['-'], async (input) => {
      for await (const { text } of records(input, bytesToText, end)) {
        const selected = select(text)
        if (selected !== undefined) await process.stdout.write(textToBytes(selected + String.fromCharCode(end)))
        await process.breathe()
      }
    })
  },
)

function parseList(list: string, byField: boolean): Range[] {
  const fail = (message: string) => new Failure(message, { usage: true })
  const zero = byField ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1'
  return list.split(/[, \t]/).map((item): Range => {
    const match = /^(\d*)(?:(-)(\d*))?$/.exec(item)
    if (!match) {
      if (/^\d*-\d*-/.test(item)) throw fail(byField ? 'invalid field range' : 'invalid byte or character range')
      const rest = item.replace(/^[\d-]*/, '')
      throw fail(byField ? `invalid field value ${quoteWord(rest)}` : `invalid byte/character position ${quoteWord(rest)}`)
    }
    const [, low = '', dash, high = ''] = match
    const [first, last] = [Number(low || 1), dash ? (high ? Number(high) : Infinity) : Number(low)]
    if (dash && !low && !high) throw fail('invalid range with no endpoint: -')
    if ((low && first === 0) || (!dash && last === 0) || (high && last === 0 && !low)) throw fail(zero)
    if (last < first) throw fail('invalid decreasing range')
    return [first, last]
  })
}

/** Sorted, overlapping ones merged (adjoining ones stay apart: an output delimiter stands between them). */
function normalise(ranges: Range[], complement: boolean): Range[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const merged: Range[] = []
  for (const [first, last] of sorted) {
    const previous = merged.at(-1)
    if (previous && first <= previous[1]) previous[1] = Math.max(previous[1], last)
    else merged.push([first, last])
  }
  if (!complement) return merged
  const others: Range[] = []
  let next = 1
  for (const [first, last] of merged) {
    if (first > next) others.push([next, first - 1])
    next = last + 1
  }
  if (next !== Infinity) others.push([next, Infinity])
  return others
}
