import type { Command, Process } from '../machine/process.ts'
import { Failure } from './failure.ts'
import { helpText, versionText } from './help-text.ts'
import { parseOptions, type Arguments, type Description, type OptionName } from './options.ts'
import { report } from './report.ts'

/**
 * A command from its description and its body: options parsed, `--help` and `--version` answered, wrong usage and `Failure`s reported
 * as GNU's tools do. The body returns the exit status.
 */
export function command<const D extends Description>(
  description: D,
  body: (args: Arguments<OptionName<D>>, process: Process) => Promise<number>,
): Command {
  return async (args, process) => {
    const program = process.argv[0] ?? description.name
    try {
      const parsed = parseOptions(description, args)
      const asked = parsed.latest('help', 'version')
      if (asked) {
        await process.stdout.write(asked === 'help' ? helpText(description, program) : versionText(description))
        return 0
      }
      return await body(parsed as Arguments<OptionName<D>>, process)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      await report(process, error.message)
      if (error.usage) {
        const hint = description.hint ?? ((name: string) => `Try '${name} --help' for more information.`)
        await process.stderr.write(`${hint(program)}\n`)
      }
      return error.status ?? (error.usage ? description.usageStatus : undefined) ?? 1
    }
  }
}
