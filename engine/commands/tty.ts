import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

export const tty = command(
  {
    name: 'tty',
    usage: '[OPTION]...',
    summary: 'Print the file name of the terminal connected to standard input.',
    options: { '-s, --silent, --quiet': 'print nothing, only return an exit status' },
    usageStatus: 2,
  },
  async (args, process) => {
    if (args.operands.length) throw new Failure(`extra operand ${quoteWord(args.operands[0]!)}`, { usage: true })
    let name: string | undefined
    try {
      name = await process.system.ttyname(0)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
    }
    if (!args.has('s')) await process.stdout.write(`${name ?? 'not a tty'}\n`)
    return name === undefined ? 1 : 0
  },
)
