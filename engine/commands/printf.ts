import { formatPrintf } from '../shell/format-printf.ts'
import { Failure } from './failure.ts'
import { plainCommand } from './plain-command.ts'
import { quoteNameWhereNeeded } from './quote-name.ts'
import { report } from './report.ts'

export const printf = plainCommand(
  {
    name: 'printf',
    usage: ['FORMAT [ARGUMENT]...', 'OPTION'],
    summary: 'Print the ARGUMENTs as FORMAT says; it is used again while ARGUMENTs are left.',
    details: [
      'FORMAT has the escapes \\" \\\\ \\a \\b \\c \\e \\f \\n \\r \\t \\v \\NNN \\xHH \\uHHHH \\UHHHHHHHH, and the',
      'conversions %% %b (text with escapes) %q (quoted for a shell) and those of C that end',
      'in one of diouxXfeEgGcsaA, with flags, width and precision.',
    ].join('\n'),
  },
  async (args, process) => {
    const [format, ...values] = args[0] === '--' ? args.slice(1) : args
    if (format === undefined) throw new Failure('missing operand', { usage: true })
    const { bytes, status, messages } = formatPrintf(format, values, { dialect: 'coreutils', quote: quoteNameWhereNeeded })
    await process.stdout.write(bytes)
    for (const message of messages) await report(process, message)
    return status
  },
)
