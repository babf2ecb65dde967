import { command } from './command.ts'
import { parseDuration } from './duration.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'
import { report } from './report.ts'

/** The longest the kernel's timers take at once. */
const LONGEST = 2 ** 31 - 1

export const sleep = command(
  {
    name: 'sleep',
    usage: ['NUMBER[SUFFIX]...', 'OPTION'],
    summary:
      "Pause for NUMBER seconds; SUFFIX may be 's' (seconds), 'm' (minutes), 'h' (hours) or 'd' (days).\n" +
      "With several arguments, pause for their sum.",
    options: {},
  },
  async (args, process) => {
    if (args.operands.length === 0) throw new Failure('missing operand', { usage: true })
    let total = 0
    let wrong = false
    for (const operand of args.operands) {
      const duration = parseDuration(operand)
      if (duration === undefined) {
        await report(process, `invalid time interval ${quoteWord(operand)}`)
        wrong = true
      } else total += duration
    }
    if (wrong) {
      await process.stderr.write(`Try '${process.argv[0]} --help' for more information.\n`)
      return 1
    }
    for (let left = total; left > 0; left -= LONGEST) await process.system.sleep(Math.min(left, LONGEST))
    return 0
  },
)
