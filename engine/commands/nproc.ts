import { processors } from '../machine/processors.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

export const nproc = command(
  {
    name: 'nproc',
    usage: '[OPTION]...',
    summary: 'Print the number of processors that programs can run on.',
    options: { '--all': 'print the number of installed processors', '--ignore=N': 'if possible, exclude N processors' },
  },
  async (args, process) => {
    if (args.operands.length) throw new Failure(`extra operand ${quoteWord(args.operands[0]!)}`, { usage: true })
    const ignore = args.value('ignore')
    if (ignore !== undefined && !/^\d+$/.test(ignore)) throw new Failure(`invalid number: ${quoteWord(ignore)}`)
    await process.stdout.write(`${Math.max(1, processors - Number(ignore ?? 0))}\n`)
    return 0
  },
)
