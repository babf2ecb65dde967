import { command } from './command.ts'
import { findProgram } from './find-program.ts'

export const which = command(
  {
    name: 'which',
    usage: '[-a] NAME...',
    summary: 'Print the path of the program that each NAME runs. Status 1 where one is missing.',
    options: { '-a': 'print all of them in PATH, not the first only' },
    usageStatus: 2,
  },
  async (args, process) => {
    let status = args.operands.length ? 0 : 1
    for (const name of args.operands) {
      const found = await findProgram(process, name, args.has('a'))
      if (!found.length) status = 1
      for (const path of found) await process.stdout.write(`${path}\n`)
    }
    return status
  },
)
