import { command } from './command.ts'
import { Failure } from './failure.ts'
import { hostName } from './host-name.ts'

export const hostname = command(
  {
    name: 'hostname',
    usage: '[-s|-f|-i]',
    summary: "Print the machine's name.",
    options: {
      '-s, --short': 'the name up to the first dot',
      '-f, --fqdn, --long': 'the name with its domain (there is none)',
      '-i, --ip-address': "the name's address",
    },
    usageStatus: 255,
  },
  async (args, process) => {
    if (args.operands.length) throw new Failure('you must be root to change the host name')
    const name = await hostName(process.system)
    const shown = args.has('i') ? '127.0.0.1' : args.has('s') ? name.split('.')[0] : name
    await process.stdout.write(`${shown}\n`)
    return 0
  },
)
