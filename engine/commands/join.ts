import { argumentToText, bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { openAll } from './open-all.ts'
import { quoteWord } from './quote-name.ts'
import { records } from './records.ts'

export const join = command(
  {
    name: 'join',
    usage: '[OPTION]... FILE1 FILE2',
    summary:
      'For each pair of input lines with identical join fields, write a line to standard output.\n' +
      'The default join field is the first; FILE1 and FILE2 are sorted on it.',
    options: {
      '-a FILENUM': 'also print unpairable lines from file FILENUM (1 or 2)',
      '-e STRING': 'replace missing input fields with STRING',
      '-i, --ignore-case': 'ignore differences in case',
      '-j FIELD': "equivalent to '-1 FIELD -2 FIELD'",
      '-o FORMAT': 'obey FORMAT while constructing output line',
      '-t CHAR': 'use CHAR as input and output field separator',
      '-v FILENUM': 'like -a FILENUM, but suppress joined output lines',
      '-1 FIELD': 'join on this FIELD of file 1',
      '-2 FIELD': 'join on this FIELD of file 2',
    },
  },
  async (args, process) => {
    const [first, second, extra] = args.operands
    if (first === undefined) throw new Failure('missing operand', { usage: true })
    if (second === undefined) throw new Failure(`missing operand after ${quoteWord(first)}`, { usage: true })
    if (extra !== undefined) throw new Failure(`extra operand ${quoteWord(extra)}`, { usage: true })
    const field = (text: string): number => {
      if (!/^\d+$/.test(text) || Number(text) === 0) throw new Failure(`invalid field number: ${quoteWord(text)}`)
      return Number(text) - 1
    }
    const fileNumber = (text: string): 0 | 1 => {
      if (text !== '1' && text !== '2') throw new Failure(`invalid field number: ${quoteWord(text)}`)
      return text === '1' ? 0 : 1
    }
    const separator = args.has('t') ? argumentToText(args.value('t')!) : undefined
    if (separator !== undefined && separator.length > 1) throw new Failure(`multi-character tab ${quoteWord(args.value('t')!)}`)
    const keys = [field(args.value('1') ?? args.value('j') ?? '1'), field(args.value('2') ?? args.value('j') ?? '1')] as const
    const only = args.given.filter(({ name }) => name === 'v').map(({ value }) => fileNumber(value!))
    const unpaired = new Set([...only, ...args.given.filter(({ name }) => name === 'a').map(({ value }) => fileNumber(value!))])
    const format = args
      .value('o')
      ?.split(/[, ]+/)
      .map((spec) => {
        const match = /^(?:0|([12])\.([1-9]\d*))$/.exec(spec)
        if (/^[03-9]\./.test(spec)) throw new Failure(`invalid file number in field spec: ${quoteWord(spec)}`)
        if (!match) throw new Failure(`invalid field specifier: ${quoteWord(spec)}`)
        return match[1] ? { file: fileNumber(match[1]), field: Number(match[2]) - 1 } : undefined
      })
    const { inputs } = await openAll(process, [first, second], 'stop')
    if (!inputs) return 1
    const sources = inputs.map(({ reader }) => records(reader, bytesToText))
    const filler = args.value('e') ?? ''
    type Row = string[]
    const take = async (at: 0 | 1): Promise<Row | undefined> => {
      const next = await sources[at]!.next()
      if (next.done) return undefined
      const line = next.value.text
      return separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator)
    }
    const keyOf = (row: Row, at: 0 | 1) => (args.has('i') ? (row[keys[at]] ?? '').toLowerCase() : (row[keys[at]] ?? ''))
    const print = async (left: Row | undefined, right: Row | undefined) => {
      const rows = [left, right] as const
      const key = left ? (left[keys[0]] ?? '') : (right?.[keys[1]] ?? '')
      const cells = format
        ? format.map((one) => (one ? rows[one.file]?.[one.field] : key) || filler)
        : [key, ...rows.flatMap((row, file) => row?.filter((_, at) => at !== keys[file as 0 | 1]) ?? [])]
      await process.stdout.write(textToBytes(`${cells.join(separator ?? ' ')}\n`))
    }
    /** All the next rows of a file with one key. */
    const ahead: [Row | undefined, Row | undefined] = [await take(0), await take(1)]
    const group = async (at: 0 | 1): Promise<Row[]> => {
      const rows: Row[] = []
      const key = keyOf(ahead[at]!, at)
      for (let row = ahead[at]; row && keyOf(row, at) === key; row = ahead[at] = await take(at)) rows.push(row)
      return rows
    }
    while (ahead[0] || ahead[1]) {
      const order = !ahead[0]
        ? 1
        : !ahead[1]
          ? -1
          : keyOf(ahead[0], 0) < keyOf(ahead[1], 1)
            ? -1
            : keyOf(ahead[0], 0) > keyOf(ahead[1], 1)
              ? 1
              : 0
      if (order !== 0) {
        const file = order < 0 ? 0 : 1
        const row = ahead[file]!
        if (unpaired.has(file)) await print(file === 0 ? row : undefined, file === 1 ? row : undefined)
        ahead[file] = await take(file)
      } else {
        const [left, right] = [await group(0), await group(1)]
        if (only.length === 0) for (const a of left) for (const b of right) await print(a, b)
      }
      await process.breathe()
    }
    return 0
  },
)
