import { isRegular } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { report } from './report.ts'

/** glibc's ldd: a PEX asks it which C library the interpreter is linked to. */
export const ldd = command(
  {
    name: 'ldd',
    usage: '[OPTION]... FILE...',
    summary: 'Print shared object dependencies. No program of this machine has any.',
    options: {
      '-d, --data-relocs': 'process data relocations',
      '-r, --function-relocs': 'process data and function relocations',
      '-u, --unused': 'print unused direct dependencies',
      '-v, --verbose': 'print all information',
    },
  },
  async (args, process) => {
    if (args.operands.length === 0) throw new Failure('missing file arguments', { usage: true })
    for (const operand of args.operands) {
      const path = operand.includes('/') ? operand : `./${operand}`
      if (args.operands.length > 1) await process.stdout.write(`${operand}:\n`)
      try {
        const regular = isRegular((await process.system.stat(path)).mode)
        if (!regular) await report(process, `${path}: not regular file`)
        await process.stdout.flush()
        if (regular) await process.stderr.write('\tnot a dynamic executable\n')
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await report(process, path, error)
      }
    }
    return 1
  },
)
