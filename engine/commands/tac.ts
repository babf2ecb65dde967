import { bytesToText, textToBytes, argumentToText } from './byte-text.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { quoteName, quoteNameInMessage } from './quote-name.ts'
import { report } from './report.ts'

export const tac = command(
  {
    name: 'tac',
    usage: '[OPTION]... [FILE]...',
    summary: 'Write each FILE to standard output, last line first.\n\nWith no FILE, or when FILE is -, read standard input.',
    options: {
      '-b, --before': 'attach the separator before instead of after',
      '-s, --separator=STRING': 'use STRING as the separator instead of newline',
    },
  },
  async (args, process) => {
    const separator = argumentToText(args.value('s') ?? '\n') || '\0'
    return eachInput(
      process,
      args.operands.length ? args.operands : ['-'],
      async (input) => {
        const text = bytesToText(await input.all())
        const parts = text.split(separator)
        const last = parts.pop()!
        const lines = args.has('b')
          ? [...parts, last].map((part, at) => (at ? separator + part : part))
          : [...parts.map((part) => part + separator), last]
        for (const line of lines.reverse()) {
          await process.stdout.write(textToBytes(line))
          await process.breathe()
        }
      },
      (name, error, opened) =>
        opened
          ? report(process, `${quoteNameInMessage(name)}: read error: ${error.code === 'EISDIR' ? 'Invalid argument' : error.message}`)
          : report(process, `failed to open ${quoteName(name)} for reading`, error),
    )
  },
)
