import { bytesToText, textToBytes } from './byte-text.ts'
import type { Command } from '../machine/process.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { records } from './records.ts'

const withWidth = command(
  {
    name: 'fold',
    usage: '[OPTION]... [FILE]...',
    summary: 'Wrap input lines in each FILE, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-b, --bytes': 'count bytes rather than columns',
      '-s, --spaces': 'break at spaces',
      '-w, --width=WIDTH': 'use WIDTH columns instead of 80',
    },
  },
  async (args, process) => {
    const text = args.value('w') ?? '80'
    if (!/^\d+$/.test(text)) throw new Failure(`invalid number of columns: ${quoteWord(text)}`)
    const width = Number(text)
    if (width === 0) throw new Failure(`invalid number of columns: ${quoteWord(text)}: Numerical result out of range`)
    const advance = (column: number, character: string): number => {
      if (args.has('b')) return column + 1
      if (character === '\b') return Math.max(0, column - 1)
      if (character === '\r') return 0
      return character === '\t' ? column + 8 - (column % 8) : column + 1
    }
    const columns = (line: string) => [...line].reduce(advance, 0)
    return eachInput(process, args.operands.length ? args.operands : ['-'], async (input) => {
      for await (const { text, ended } of records(input, bytesToText)) {
        let line = ''
        let column = 0
        let out = ''
        for (const character of text) {
          while (advance(column, character) > width && line !== '') {
            const blank = args.has('s') ? Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t')) + 1 : 0
            const kept = blank || line.length
            out += `${line.slice(0, kept)}\n`
            line = line.slice(kept)
            column = columns(line)
          }
          line += character
          column = advance(column, character)
        }
        await process.stdout.write(textToBytes(out + line + (ended ? '\n' : '')))
        await process.breathe()
      }
    })
  },
)

/** `-20` is short for `-w 20`. */
export const fold: Command = (args, process) =>
  withWidth(
    args.map((arg) => (/^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),
    process,
  )
