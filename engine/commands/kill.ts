import type { Command, Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { plainCommand } from './plain-command.ts'
import { reasonOf } from './report.ts'
import { signalName, signalNumber } from './signal-number.ts'

const usage =
  '\nUsage:\n kill [options] <pid> [...]\n\nOptions:\n <pid> [...]            send signal to every <pid> listed\n' +
  ' -<signal>, -s, --signal <signal>\n' +
  '                        specify the <signal> to be sent\n' +
  ' -l, --list=[<signal>]  list all signal names, or convert one to a name\n' +
  ' -L, --table            list all signal names in a nice table\n\n' +
  ' -h, --help             display this help and exit\n -V, --version          output version information and exit\n\n'

/** procps' kill: the shell has its own with jobs. */
export const kill: Command = plainCommand(
  {
    name: 'kill',
    usage: '[options] <pid> [...]',
    summary: 'Send a signal (default: TERM) to processes: kill [-SIGNAL | -s SIGNAL] PID..., or list signals: kill -l [SIGNAL].',
  },
  async (args, process) => {
    const [first, ...rest] = args
    if (first === undefined) return misuse(process)
    if (first === '-l' || first === '--list' || first.startsWith('--list='))
      return list(process, first.startsWith('--list=') ? [first.slice(7)] : rest)
    if (first === '-L' || first === '--table') return list(process, [], true)
    let signal: number = signals.SIGTERM
    let pids = args
    if (first === '-s' || first === '--signal' || first.startsWith('--signal=') || (/^-[A-Za-z0-9]+$/.test(first) && first !== '--')) {
      const separate = first === '-s' || first === '--signal'
      const name = separate ? (rest[0] ?? '') : first.replace(/^--signal=|^-/, '')
      const number = signalNumber(name)
      if (number === undefined) {
        await process.stderr.write(`${process.argv[0]}: unknown signal name ${name}\n`)
        return 1
      }
      signal = number
      pids = separate ? rest.slice(1) : rest
    }
    if (pids[0] === '--') pids = pids.slice(1)
    if (pids.length === 0) return misuse(process)
    let status = 0
    for (const text of pids) {
      if (!/^-?\d+$/.test(text)) {
        await process.stderr.write(`${process.argv[0]}: failed to parse argument: '${text}'\n`)
        status = 1
        continue
      }
      try {
        await process.system.kill(Number(text), signal)
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await process.stderr.write(`${process.argv[0]}: (${text}): ${reasonOf(error)}\n`)
        status = 1
      }
    }
    return status
  },
)

async function misuse(process: Process): Promise<number> {
  await process.stderr.write(`${usage}For more details see kill(1).\n`)
  return 1
}

async function list(process: Process, asked: string[], table = false): Promise<number> {
  if (asked.length === 0) {
    const names = Object.entries(signals).map(([name, number]) =>
      table ? `${String(number).padStart(2)} ${name.slice(3)}`.padEnd(12) : name.slice(3),
    )
    const perLine = table ? 7 : 16
    for (let at = 0; at < names.length; at += perLine)
      await process.stdout.write(
        `${names
          .slice(at, at + perLine)
          .join(' ')
          .trimEnd()}\n`,
      )
    return 0
  }
  let status = 0
  for (const text of asked) {
    const number = signalNumber(text)
    const shown = number === undefined ? undefined : /^\d+$/.test(text) ? signalName(number) : String(number)
    if (shown === undefined) {
      await process.stderr.write(`${process.argv[0]}: unknown signal name ${text}\n`)
      status = 1
    } else await process.stdout.write(`${shown}\n`)
  }
  return status
}
