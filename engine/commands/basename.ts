import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

export const basename = command(
  {
    name: 'basename',
    usage: ['NAME [SUFFIX]', 'OPTION... NAME...'],
    summary: 'Print NAME without its directories, and without SUFFIX where it ends so.',
    options: {
      '-a, --multiple': 'take every operand for a NAME',
      '-s, --suffix=SUFFIX': 'take SUFFIX off; implies -a',
      '-z, --zero': 'end each line with NUL, not newline',
    },
  },
  async (args, process) => {
    const [first, ...others] = args.operands
    if (first === undefined) throw new Failure('missing operand', { usage: true })
    const several = args.has('a') || args.has('s')
    const extra = others[1]
    if (!several && extra !== undefined) throw new Failure(`extra operand ${quoteWord(extra)}`, { usage: true })
    const suffix = several ? args.value('s') ?? '' : others[0] ?? ''
    for (const name of several ? args.operands : [first]) {
      const base = baseName(name)
      const cut = suffix && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base
      await process.stdout.write(cut + (args.has('z') ? '\0' : '\n'))
    }
    return 0
  },
)

/** The last component of a path, without trailing slashes (POSIX basename). */
export const baseName = (path: string) => (/^\/+$/.test(path) ? '/' : path.replace(/\/+$/, '').replace(/^.*\//s, ''))
