import { readAccounts } from './accounts.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

export const whoami = command(
  { name: 'whoami', usage: '[OPTION]...', summary: 'Print the user name of the effective user ID. Same as id -un.', options: {} },
  async (args, process) => {
    if (args.operands.length) throw new Failure(`extra operand ${quoteWord(args.operands[0]!)}`, { usage: true })
    const { uid } = await process.system.getuid()
    const name = (await readAccounts(process.system)).user(uid)
    if (name === undefined) throw new Failure(`cannot find name for user ID ${uid}`)
    await process.stdout.write(`${name}\n`)
    return 0
  },
)
