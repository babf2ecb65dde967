import { decode, encodeIfNeeded } from '../shell/escapes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { compilePosix, type PosixRegExp } from './posix-regexp.ts'
import { quoteWord } from './quote-name.ts'
import { records } from './records.ts'
import { RegExpSyntaxError } from './regexp-syntax-error.ts'

type Style = 'a' | 't' | 'n' | PosixRegExp

export const nl = command(
  {
    name: 'nl',
    usage: '[OPTION]... [FILE]...',
    summary: 'Write each FILE to standard output, with line numbers added.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-b, --body-numbering=STYLE': 'use STYLE for numbering body lines: a all, t nonempty (default),\nn none, pBRE those that match',
      '-d, --section-delimiter=CC': 'use CC for logical page delimiters',
      '-f, --footer-numbering=STYLE': 'use STYLE for numbering footer lines',
      '-h, --header-numbering=STYLE': 'use STYLE for numbering header lines',
      '-i, --line-increment=NUMBER': 'line number increment at each line',
      '-l, --join-blank-lines=NUMBER': 'group of NUMBER empty lines counted as one',
      '-n, --number-format=FORMAT': 'insert line numbers according to FORMAT: ln, rn or rz',
      '-p, --no-renumber': 'do not reset line numbers for each section',
      '-s, --number-separator=STRING': 'add STRING after (possible) line number',
      '-v, --starting-line-number=NUMBER': 'first line number for each section',
      '-w, --number-width=NUMBER': 'use NUMBER columns for line numbers',
    },
  },
  async (args, process) => {
    const number = (name: 'i' | 'l' | 'v' | 'w', otherwise: number, what: string, least = -Infinity): number => {
      const text = args.value(name)
      if (text === undefined) return otherwise
      if (!/^-?\d+$/.test(text)) throw new Failure(`invalid ${what}: ${quoteWord(text)}`)
      if (Number(text) < least) throw new Failure(`invalid ${what}: ${quoteWord(text)}: Numerical result out of range`)
      return Number(text)
    }
    const first = number('v', 1, 'starting line number')
    const step = number('i', 1, 'line number increment')
    const join = number('l', 1, 'line number of blank lines', 1)
    const width = number('w', 6, 'line number field width', 1)
    const format = args.value('n') ?? 'rn'
    if (!['ln', 'rn', 'rz'].includes(format)) throw new Failure(`invalid line numbering format: ${quoteWord(format)}`, { usage: true })
    const separator = args.value('s') ?? '\t'
    const style = (name: 'b' | 'f' | 'h', what: string, otherwise: Style): Style => {
      const text = args.value(name)
      if (text === undefined) return otherwise
      if (text === 'a' || text === 't' || text === 'n') return text
      if (!text.startsWith('p')) throw new Failure(`invalid ${what} numbering style: ${quoteWord(text)}`, { usage: true })
      try {
        return compilePosix(text.slice(1), { extended: false })
      } catch (error) {
        if (error instanceof RegExpSyntaxError) throw new Failure(error.message)
        throw error
      }
    }
    const styles = { header: style('h', 'header', 'n'), body: style('b', 'body', 't'), footer: style('f', 'footer', 'n') }
    const mark = args.value('d') ?? '\\:'
    const unit = mark.length === 1 ? `${mark}:` : mark
    const sections: Record<string, keyof typeof styles> = { [unit.repeat(3)]: 'header', [unit.repeat(2)]: 'body', [unit]: 'footer' }
    let section: keyof typeof styles = 'body'
    let count = first
    let blanks = 0
    const numbered = (text: string, wanted: Style): boolean => {
      if (wanted === 'n') return false
      if (wanted === 't') return text !== ''
      if (wanted !== 'a') return wanted.test(text)
      blanks = text === '' ? blanks + 1 : 0
      if (text !== '' || blanks < join) return text !== '' || join === 1
      blanks = 0
      return true
    }
    const shown = (value: number) => (format === 'ln' ? String(value).padEnd(width) : format === 'rz'
      ? (value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')) : String(value).padStart(width))
    return eachInput(process, args.operands.length ? args.operands : ['-'], async (input) => {
      for await (const { text } of records(input, decode)) {
        const opened = Object.hasOwn(sections, text) && unit ? sections[text] : undefined
        if (opened) {
          section = opened
          if (!args.has('p')) count = first
          await process.stdout.write('\n')
          continue
        }
        if (numbered(text, styles[section])) {
          await process.stdout.write(encodeIfNeeded(`${shown(count)}${separator}${text}\n`))
          count += step
        } else await process.stdout.write(encodeIfNeeded(`${' '.repeat(width + separator.length)}${text}\n`))
        await process.breathe()
      }
    })
  },
)
