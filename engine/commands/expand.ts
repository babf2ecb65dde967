import { bytesToText, textToBytes } from './byte-text.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { records } from './records.ts'

export const expand = command(
  {
    name: 'expand',
    usage: '[OPTION]... [FILE]...',
    summary: 'Convert tabs in each FILE to spaces, writing to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-i, --initial': 'do not convert tabs after non blanks',
      '-t, --tabs=LIST': 'have tabs N characters apart, not 8, or at the positions of a list',
    },
  },
  async (args, process) => {
    const stops = (args.value('t') ?? '8').split(/[, ]/).map((text) => {
      if (!/^\d+$/.test(text)) throw new Failure(`tab size contains invalid character(s): ${quoteWord(text.replace(/^\d+/, ''))}`)
      if (Number(text) === 0) throw new Failure('tab size cannot be 0')
      return Number(text)
    })
    stops.forEach((stop, at) => {
      if (at && stop <= stops[at - 1]!) throw new Failure('tab sizes must be ascending')
    })
    const next = (column: number) =>
      stops.length === 1 ? column + stops[0]! - (column % stops[0]!) : (stops.find((stop) => stop > column) ?? column + 1)
    return eachInput(process, args.operands.length ? args.operands : ['-'], async (input) => {
      for await (const { text, ended } of records(input, bytesToText)) {
        let out = ''
        let column = 0
        let converting = true
        for (const character of text) {
          if (character === '\t' && converting) {
            out += ' '.repeat(next(column) - column)
            column = next(column)
            continue
          }
          column = character === '\b' ? Math.max(0, column - 1) : column + 1
          if (args.has('i') && character !== ' ' && character !== '\t') converting = false
          out += character
        }
        await process.stdout.write(textToBytes(out + (ended ? '\n' : '')))
        await process.breathe()
      }
    })
  },
)
