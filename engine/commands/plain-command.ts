import type { Command, Process } from '../machine/process.ts'
import { Failure } from './failure.ts'
import { helpText, versionText } from './help-text.ts'
import type { Description } from './options.ts'
import { report } from './report.ts'

/** A command without options, whose arguments are all text: --help and --version count only where they stand alone. */
export function plainCommand(
  description: Omit<Description, 'options'>,
  body: (args: string[], process: Process) => Promise<number>,
): Command {
  const described = { ...description, options: {} }
  return async (args, process) => {
    const program = process.argv[0] ?? description.name
    if (args.length === 1 && (args[0] === '--help' || args[0] === '--version')) {
      await process.stdout.write(args[0] === '--help' ? helpText(described, program) : versionText(described))
      return 0
    }
    try {
      return await body(args, process)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      await report(process, error.message)
      if (error.usage) await process.stderr.write(`Try '${program} --help' for more information.\n`)
      return error.status ?? (error.usage ? description.usageStatus : undefined) ?? 1
    }
  }
}
