import type { SystemCalls } from '../machine/system-calls.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { parseModeChange } from './mode-change.ts'
import { quoteName, quoteWord } from './quote-name.ts'
import { reportAction } from './report.ts'

export const mkdir = command(
  {
    name: 'mkdir',
    usage: '[OPTION]... DIRECTORY...',
    summary: 'Create the DIRECTORY(ies), where they do not exist.',
    options: {
      '-m, --mode=MODE': 'set their permissions (as in chmod), not a=rwx less umask',
      '-p, --parents': 'no error where they exist; make parent directories as needed',
      '-v, --verbose': 'print a line for each directory made',
    },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    const { system } = process
    const modeWord = args.value('m')
    const change = modeWord === undefined ? undefined : parseModeChange(modeWord)
    if (modeWord !== undefined && !change) throw new Failure(`invalid mode ${quoteWord(modeWord)}`)
    const umask = await system.umask()

    const make = async (path: string, last: boolean) => {
      await system.mkdir(path, 0o777)
      if (last && change) await system.chmod(path, change(0o777, true, umask))
      // POSIX: parents that -p makes are writable and searchable by their owner, whatever the umask.
      else if (!last && umask & 0o300) await system.chmod(path, (0o777 & ~umask) | 0o300)
      if (args.has('v')) await process.stdout.write(`${process.argv[0] ?? 'mkdir'}: created directory ${quoteName(path)}\n`)
    }

    let status = 0
    for (const operand of args.operands) {
      try {
        if (!args.has('p')) await make(operand, true)
        else await makeWithParents(operand, make, system)
      } catch (error) {
        await reportAction(process, 'cannot create directory', error instanceof SystemError ? error.path ?? operand : operand, error)
        status = 1
      }
    }
    return status
  },
)

/** Makes what is missing on the way to `path`. Throws a SystemError whose path is the component that failed. */
async function makeWithParents(path: string, make: (path: string, last: boolean) => Promise<void>, system: SystemCalls): Promise<void> {
  const parts = path.split('/')
  const last = parts.findLastIndex(Boolean)
  for (let at = 0; at <= last; at++) {
    if (!parts[at]) continue
    const here = at === last ? path : parts.slice(0, at + 1).join('/')
    try {
      await make(here, at === last)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      if (!(await leadsToDirectory(here, system))) {
        // A file in the way: mkdir(2) said "exists", but what is wrong is that it is no directory (unless it is the last).
        throw new SystemError(error.code === 'EEXIST' && at < last ? 'ENOTDIR' : error.code, here)
      }
    }
  }
}

async function leadsToDirectory(path: string, system: SystemCalls): Promise<boolean> {
  try {
    return isDirectory((await system.stat(path)).mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
