import { command } from './command.ts'
import type { Command } from '../machine/process.ts'
import { bytesToText } from './byte-text.ts'
import { eachInput } from './each-input.ts'
import { Failure } from './failure.ts'
import { chunks } from './records.ts'
import { report } from './report.ts'

const withLength = command(
  {
    name: 'strings',
    usage: '[option(s)] [file(s)]',
    summary: 'Display printable strings in [file(s)] (stdin by default).',
    options: {
      '-a, --all': '(default) scan the entire file',
      '-f, --print-file-name': 'print the name of the file before each string',
      '-n, --bytes=NUMBER': 'print any sequence of at least NUMBER displayable characters (default 4)',
      '-t, --radix=RADIX': 'print the location of the string in base 8, 10 or 16: o, d, x',
    },
  },
  async (args, process) => {
    const text = args.value('n') ?? '4'
    if (!/^\d+$/.test(text)) throw new Failure(`invalid integer argument ${text}`)
    const least = Number(text)
    if (least < 1) throw new Failure(`invalid minimum string length ${text}`)
    const radix = ({ o: 8, d: 10, x: 16 } as Record<string, number>)[args.value('t') ?? '']
    if (args.has('t') && radix === undefined) throw new Failure(`invalid radix ${args.value('t')}`)
    return eachInput(
      process,
      args.operands.length ? args.operands : ['-'],
      async (input, name) => {
        let run = ''
        let offset = 0
        const flush = async () => {
          const place = radix ? `${(offset - run.length).toString(radix).padStart(7)} ` : ''
          if (run.length >= least)
            await process.stdout.write(`${args.has('f') ? `${name === '-' ? '{standard input}' : name}: ` : ''}${place}${run}\n`)
          run = ''
        }
        for await (const chunk of chunks(input)) {
          for (const character of bytesToText(chunk)) {
            if (character === '\t' || (character >= ' ' && character <= '~')) run += character
            else await flush()
            offset++
          }
          await process.breathe()
        }
        await flush()
      },
      (name, error) => report(process, error.code === 'ENOENT' ? `'${name}': No such file` : `${name}: ${error.message}`),
    )
  },
)

/** `-8` is short for `-n 8`. */
export const strings: Command = (args, process) =>
  withLength(
    args.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),
    process,
  )
