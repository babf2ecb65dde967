import { O_CREAT, O_EXCL, O_RDWR, type SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteWord } from './quote-name.ts'

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const attempts = 100

export const mktemp = command(
  {
    name: 'mktemp',
    usage: '[OPTION]... [TEMPLATE]',
    summary:
      'Create a temporary file or directory, safely, and print its name.\n' +
      'TEMPLATE must have at least 3 Xs in a row in its last component; ' +
      'without it, tmp.XXXXXXXXXX in the\ntemporary directory is used. Files are created u+rw, directories u+rwx.',
    options: {
      '-d, --directory': 'create a directory, not a file',
      '-u, --dry-run': 'create nothing, only print a name (unsafe)',
      '-q, --quiet': 'no message where creation fails',
      '--suffix=SUFF': 'append SUFF to TEMPLATE; it must have no slash',
      '-p DIR': 'take TEMPLATE relative to DIR',
      '--tmpdir[=DIR]': 'the same; without DIR, relative to $TMPDIR, or to /tmp',
      '-t': 'take TEMPLATE as one name in the temporary directory',
    },
  },
  async (args, process) => {
    if (args.operands.length > 1) throw new Failure('too many templates', { usage: true })
    const given = args.operands[0] ?? 'tmp.XXXXXXXXXX'
    const suffix = args.value('suffix')
    if (suffix !== undefined && !given.endsWith('X')) throw new Failure(`with --suffix, template ${quoteWord(given)} must end in X`)
    const [, stem = '', run = '', tail = ''] = /^(.*?)(X*)([^X]*)$/s.exec(given) ?? []
    const end = suffix ?? tail
    if (end.includes('/')) throw new Failure(`invalid suffix ${quoteWord(end)}, contains directory separator`)
    if (run.length < 3) throw new Failure(`too few X's in template ${quoteWord(given)}`)
    const inDirectory = !args.operands.length || args.has('p') || args.has('tmpdir') || args.has('t')
    if (inDirectory && given.startsWith('/'))
      throw new Failure(`invalid template, ${quoteWord(given)}; with --tmpdir, it may not be absolute`)
    if (args.has('t') && given.includes('/')) throw new Failure(`invalid template, ${quoteWord(given)}, contains directory separator`)
    const asked = args.value(args.latest('p', 'tmpdir') ?? 'p') || undefined
    const directory = inDirectory ? `${(args.has('t') ? (process.env.TMPDIR ?? asked) : (asked ?? process.env.TMPDIR)) || '/tmp'}/` : ''
    const name = () =>
      directory +
      stem +
      [...crypto.getRandomValues(new Uint8Array(run.length))].map((byte) => letters[byte % letters.length]).join('') +
      end

    for (let attempt = 1; ; attempt++) {
      const path = name()
      try {
        if (args.has('u')) await absent(process.system, path)
        else if (args.has('d')) await process.system.mkdir(path, 0o700)
        else await process.system.close(await process.system.open(path, O_RDWR | O_CREAT | O_EXCL, 0o600))
        await process.stdout.write(`${path}\n`)
        return 0
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        if (error.code === 'EEXIST' && attempt < attempts) continue
        if (args.has('q')) return 1
        const kind = args.has('d') ? 'directory' : 'file'
        throw new Failure(`failed to create ${kind} via template ${quoteName(directory + stem + run + end)}: ${error.message}`)
      }
    }
  },
)

/** Throws EEXIST where there is something. */
async function absent(system: SystemCalls, path: string): Promise<void> {
  try {
    await system.lstat(path)
  } catch (error) {
    if (error instanceof SystemError && error.code === 'ENOENT') return
    throw error
  }
  throw new SystemError('EEXIST', path)
}
