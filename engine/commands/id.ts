import { readAccounts } from './accounts.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { report } from './report.ts'

export const id = command(
  {
    name: 'id',
    usage: '[OPTION]... [USER]...',
    summary: 'Print user and group information for each USER, or for the current one.',
    options: {
      '-g, --group': 'print only the effective group ID',
      '-G, --groups': 'print all group IDs',
      '-n, --name': 'print a name instead of a number, for -ugG',
      '-r, --real': 'print the real ID instead of the effective ID, with -ugG',
      '-u, --user': 'print only the effective user ID',
      '-z, --zero': 'end entries with NUL, not white space',
    },
  },
  async (args, process) => {
    const only = (['u', 'g', 'G'] as const).filter((name) => args.has(name))
    if (only.length > 1) throw new Failure('cannot print "only" of more than one choice')
    if ((args.has('n') || args.has('r')) && only.length === 0) throw new Failure('cannot print only names or real IDs in default format')
    if (args.has('z') && only.length === 0) throw new Failure('option --zero not permitted in default format')
    const accounts = await readAccounts(process.system)
    const self = await process.system.getuid()
    let status = 0
    for (const who of args.operands.length ? args.operands : [undefined]) {
      const uid = who === undefined ? self.uid : accounts.uid(who)
      if (uid === undefined) {
        await report(process, `${quoteWord(who!)}: no such user`)
        status = 1
        continue
      }
      // Each account of this machine has a group of its own with the same number (machine/users.ts).
      const gid = who === undefined ? self.gid : uid
      const [user, group] = [accounts.user(uid), accounts.group(gid)]
      const plain = only[0] === 'u' ? (args.has('n') ? user : undefined) ?? uid : (args.has('n') ? group : undefined) ?? gid
      const named = (number: number, name: string | undefined) => `${number}${name === undefined ? '' : `(${name})`}`
      const text = only.length ? String(plain) : `uid=${named(uid, user)} gid=${named(gid, group)} groups=${named(gid, group)}`
      await process.stdout.write(text + (args.has('z') ? '\0' : '\n'))
    }
    return status
  },
)
