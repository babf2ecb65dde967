import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { spawnProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'

const PORTABLE = 'real %e\nuser %U\nsys %S'
const USUAL = '%Uuser %Ssystem %Eelapsed %PCPU'

/** GNU time, the program; the shell's keyword is the shell's. The machine does not split time into the program's and the
 * system's, nor count memory and faults: 0.00 and `?%` say so. */
export const time = command(
  {
    name: 'time',
    usage: '[OPTION]... COMMAND [ARG]...',
    summary: 'Run COMMAND, then print the time it used.',
    options: {
      '-a, --append': 'with -o FILE, append instead of overwriting',
      '-f, --format=FORMAT': 'use FORMAT: %e seconds, %E [h:]m:s, %U user, %S system, %P CPU, %C command, %x status',
      '-o, --output=FILE': 'write to FILE instead of standard error',
      '-p, --portability': "print POSIX standard 1003.2 conformant string: 'real user sys'",
      '-q, --quiet': 'do not print information about abnormal program termination',
      '-v, --verbose': 'print all there is to know',
    },
    usageStatus: 125,
    operandsEndOptions: true,
  },
  async (args, process) => {
    const argv = args.operands
    if (argv.length === 0) throw new Failure('missing program to run', { usage: true })
    const output = args.value('o')
    const started = process.now()
    let status: number
    let note = ''
    try {
      const pid = await spawnProgram(process, argv)
      const ended = await process.system.wait(pid)
      status = ended?.kind === 'exited' ? ended.status : ended?.kind === 'signaled' ? 128 + ended.signal : 1
      if (ended?.kind === 'signaled') note = `Command terminated by signal ${ended.signal}\n`
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await process.stderr.write(`${process.argv[0]}: cannot run ${argv[0]}: ${error.message}\n`)
      status = startFailureStatus(error)
    }
    if (status !== 0 && !note) note = `Command exited with non-zero status ${status}\n`
    const elapsed = process.now() - started
    const values: Record<string, string> = {
      e: (elapsed / 1000).toFixed(2),
      E: clock(elapsed),
      U: '0.00',
      S: '0.00',
      P: '?%',
      C: argv.join(' '),
      x: String(status),
    }
    const format = args.latest('f', 'p', 'v') === 'p' ? PORTABLE : args.latest('f', 'p', 'v') === 'v' ? VERBOSE : (args.value('f') ?? USUAL)
    const text = format
      .replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', '\\': '\\' })[letter] ?? `\\${letter}`)
      .replace(/%(.)/g, (whole, letter: string) => (letter === '%' ? '%' : (values[letter] ?? whole)))
    const target =
      output === undefined
        ? process.stderr
        : process.writer(await process.system.open(output, O_WRONLY | O_CREAT | (args.has('a') ? O_APPEND : O_TRUNC), 0o666))
    await target.write(`${args.has('q') || format === PORTABLE ? '' : note}${text}\n`)
    await target.flush()
    return status
  },
)

const VERBOSE =
  '\tCommand being timed: "%C"\n\tUser time (seconds): %U\n\tSystem time (seconds): %S\n' +
  '\tElapsed (wall clock) time (h:mm:ss or m:ss): %E\n\tExit status: %x'

/** [h:]m:ss.hh */
function clock(milliseconds: number): string {
  const hundredths = Math.floor(milliseconds / 10)
  const [hours, minutes, seconds] = [Math.floor(hundredths / 360000), Math.floor(hundredths / 6000) % 60, Math.floor(hundredths / 100) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}.${two(hundredths % 100)}`
}
