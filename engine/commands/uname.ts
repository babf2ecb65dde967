import { uname as names } from '../machine/uname.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { hostName } from './host-name.ts'
import { quoteWord } from './quote-name.ts'

export const uname = command(
  {
    name: 'uname',
    usage: '[OPTION]...',
    summary: 'Print certain system information. With no OPTION, same as -s.',
    options: {
      '-a, --all': 'print all of it, in this order, except -p and -i where unknown',
      '-s, --kernel-name': 'print the kernel name',
      '-n, --nodename': 'print the network node hostname',
      '-r, --kernel-release': 'print the kernel release',
      '-v, --kernel-version': 'print the kernel version',
      '-m, --machine': 'print the machine hardware name',
      '-p, --processor': 'print the processor type (non-portable)',
      '-i, --hardware-platform': 'print the hardware platform (non-portable)',
      '-o, --operating-system': 'print the operating system',
    },
  },
  async (args, process) => {
    if (args.operands.length) throw new Failure(`extra operand ${quoteWord(args.operands[0]!)}`, { usage: true })
    const all = args.has('a')
    const nothing = args.given.length === 0
    const shown = [
      (all || nothing || args.has('s')) && names.sysname,
      (all || args.has('n')) && await hostName(process.system),
      (all || args.has('r')) && names.release,
      (all || args.has('v')) && names.version,
      (all || args.has('m')) && names.machine,
      args.has('p') && !all && 'unknown',
      args.has('i') && !all && 'unknown',
      (all || args.has('o')) && 'GNU/Linux',
    ]
    await process.stdout.write(`${shown.filter(Boolean).join(' ')}\n`)
    return 0
  },
)
