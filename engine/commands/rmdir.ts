import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { directoryName } from './dirname.ts'
import { Failure } from './failure.ts'
import { quoteName } from './quote-name.ts'
import { reportAction } from './report.ts'

export const rmdir = command(
  {
    name: 'rmdir',
    usage: '[OPTION]... DIRECTORY...',
    summary: 'Remove the DIRECTORY(ies), if they are empty.',
    options: {
      '--ignore-fail-on-non-empty': 'no error for a directory that is not empty',
      '-p, --parents': 'remove the directory and then the parents in its path',
      '-v, --verbose': 'print a line for each directory',
    },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    let status = 0
    for (const operand of args.operands) {
      for (let path = operand; ; path = directoryName(path)) {
        if (args.has('v')) await process.stdout.write(`${process.argv[0] ?? 'rmdir'}: removing directory, ${quoteName(path)}\n`)
        try {
          await process.system.rmdir(path)
        } catch (error) {
          if (error instanceof SystemError && error.code === 'ENOTEMPTY' && args.has('ignore-fail-on-non-empty')) break
          await reportAction(process, path === operand ? 'failed to remove' : 'failed to remove directory', path, error)
          status = 1
          break
        }
        if (!args.has('p') || ['.', '/'].includes(directoryName(path))) break
      }
    }
    return status
  },
)
