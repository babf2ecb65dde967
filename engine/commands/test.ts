import { evaluateTest } from '../shell/evaluate-test.ts'
import type { Process } from '../machine/process.ts'
import type { Command } from '../machine/process.ts'
import { Failure } from './failure.ts'
import { plainCommand } from './plain-command.ts'
import { report } from './report.ts'

const description = {
  usage: ['EXPRESSION', ''],
  summary: 'Exit with the status that EXPRESSION determines: 0 true, 1 false, 2 wrong usage.',
  details: [
    'Strings:  -n S  -z S  S1 = S2  S1 != S2',
    'Integers: N1 -eq N2  -ne -ge -gt -le -lt',
    'Files:    F1 -ef F2  F1 -nt F2  F1 -ot F2',
    '          -b -c -d -e -f -g -G -h -k -L -N -O -p -r -s -S -u -w -x FILE, -t FD',
    'Together: ( E )  ! E  E1 -a E2  E1 -o E2',
  ].join('\n'),
}

async function evaluate(args: string[], process: Process): Promise<number> {
  const { status, message } = await evaluateTest(args, process.system, { dialect: 'coreutils' })
  if (message !== undefined) await report(process, message)
  return status
}

/** `test` takes even --help for a string (POSIX). */
export const test: Command = evaluate

/** The same under the name `[`, with a closing `]`. */
export const bracket = plainCommand({ name: '[', ...description, usage: ['EXPRESSION ]', ']', 'OPTION'] }, async (args, process) => {
  if (args.at(-1) !== ']') throw new Failure("missing ']'", { status: 2 })
  return evaluate(args.slice(0, -1), process)
})
