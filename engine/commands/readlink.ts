import { SystemError } from '../machine/system-error.ts'
import { canonicalPath } from './canonical-path.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { report, reportName } from './report.ts'

const mustExist = { f: 'all but last', e: 'all', m: 'none' } as const

export const readlink = command(
  {
    name: 'readlink',
    usage: '[OPTION]... FILE...',
    summary: 'Print what symbolic links point to, or canonical file names.',
    options: {
      '-f, --canonicalize': 'follow every symlink in the name; all but the last component must exist',
      '-e, --canonicalize-existing': 'the same, but all components must exist',
      '-m, --canonicalize-missing': 'the same, but none has to exist',
      '-n, --no-newline': 'do not print the newline at the end',
      '-q, --quiet, -s, --silent': 'no error messages (the default)',
      '-v, --verbose': 'print error messages',
      '-z, --zero': 'end each line with NUL, not newline',
    },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    const mode = args.latest('f', 'e', 'm')
    const several = args.operands.length > 1
    if (args.has('n') && several) await report(process, 'ignoring --no-newline with multiple arguments')
    const end = args.has('n') && !several ? '' : args.has('z') ? '\0' : '\n'
    let status = 0
    for (const name of args.operands) {
      try {
        const text = mode ? await canonicalPath(process.system, name, mustExist[mode]) : await process.system.readlink(name)
        await process.stdout.write(text + end)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        if (args.latest('v', 'q') === 'v') await reportName(process, name, error)
        status = 1
      }
    }
    return status
  },
)
