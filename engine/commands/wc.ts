import type { Process, Reader } from '../machine/process.ts'
import { isRegular } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { widthOf } from '../shell/line-editor/graphemes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { reportName } from './report.ts'

const counters = ['lines', 'words', 'chars', 'bytes', 'max-line-length'] as const
type Counts = Record<(typeof counters)[number], number>

export const wc = command(
  {
    name: 'wc',
    usage: '[OPTION]... [FILE]...',
    summary:
      'Print newline, word and byte counts for each FILE, and a line of totals for more than one.\n' +
      'A word is a run of characters that are not white space.\n\n' +
      'With no FILE, or when FILE is -, read standard input.\n' +
      'The counts come always in this order: newlines, words, characters, bytes, longest line.',
    options: {
      '-c, --bytes': 'print the byte counts',
      '-m, --chars': 'print the character counts',
      '-l, --lines': 'print the newline counts',
      '-L, --max-line-length': 'print the width of the longest line',
      '-w, --words': 'print the word counts',
    },
  },
  async (args, process) => {
    const asked = counters.filter((counter) => args.has(counter))
    const columns = asked.length ? asked : (['lines', 'words', 'bytes'] as const)
    const width = await columnWidth(process, args.operands, columns.length)
    const print = (counts: Counts, name: string | undefined) =>
      process.stdout.write(
        `${columns.map((counter) => String(counts[counter]).padStart(width)).join(' ')}${name === undefined ? '' : ` ${name}`}\n`,
      )

    const total = noCounts()
    const status = await eachInput(process, args.operands.length ? args.operands : ['-'], async (input, name) => {
      const counts = noCounts()
      let failure: unknown
      try {
        await count(input, process, counts)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        failure = error
        await reportName(process, name, error)
      }
      await print(counts, args.operands.length ? name : undefined)
      for (const counter of counters) {
        total[counter] = counter === 'max-line-length' ? Math.max(total[counter], counts[counter]) : total[counter] + counts[counter]
      }
      if (failure) throw failure
    }, async (name, error, opened) => {
      if (!opened) await reportName(process, name, error)
    })
    if (args.operands.length > 1) await print(total, 'total')
    return status
  },
)

const noCounts = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 })

/** Wide enough for the sum of the files' sizes; 7 where one of them is no regular file, whose size is not known before. */
async function columnWidth(process: Process, names: readonly string[], columns: number): Promise<number> {
  if (columns === 1 && names.length <= 1) return 1
  let width = 1
  let sum = 0
  for (const name of names.length ? names : ['-']) {
    try {
      const { mode, size } = name === '-' ? await process.system.fstat(process.stdin.fd) : await process.system.stat(name)
      if (isRegular(mode)) sum += size
      else width = 7
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
    }
  }
  return Math.max(width, String(sum).length)
}

async function count(input: Reader, process: Process, counts: Counts): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const width = { column: 0, widest: 0 }
  let inWord = false
  for (let chunk = await input.read(); chunk; chunk = await input.read()) {
    counts.bytes += chunk.length
    for (const byte of chunk) {
      const space = byte === 32 || (byte >= 9 && byte <= 13)
      if (!space && !inWord) counts.words++
      inWord = !space
      if (byte === 10) counts.lines++
    }
    countCharacters(decoder.decode(chunk.slice(), { stream: true }), counts, width)
    await process.breathe()
  }
  countCharacters(decoder.decode(), counts, width)
  counts['max-line-length'] = width.widest
}

/** Bytes that are no UTF-8 are no characters, and take no room. */
function countCharacters(text: string, counts: Counts, width: { column: number; widest: number }): void {
  for (const char of text) {
    if (char === '\ufffd') continue
    counts.chars++
    const code = char.codePointAt(0) ?? 0
    if (char === '\n' || char === '\f' || char === '\r') width.column = 0
    else if (char === '\t') width.column += 8 - (width.column % 8)
    else if (code >= 32 && code !== 127) width.column += code < 0x300 ? 1 : widthOf(char)
    width.widest = Math.max(width.widest, width.column)
  }
}
