import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { parseDuration } from './duration.ts'
import { spawnProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteWord } from './quote-name.ts'
import { report } from './report.ts'
import { signalName, signalNumber } from './signal-number.ts'

/** The status where the time ran out (timeout(1)). */
const TIMED_OUT = 124

export const timeout = command(
  {
    name: 'timeout',
    usage: ['[OPTION] DURATION COMMAND [ARG]...', '[OPTION]'],
    summary: 'Start COMMAND, and kill it if still running after DURATION.',
    options: {
      '--preserve-status': 'exit with the same status as COMMAND, even when the command times out',
      '--foreground': 'allow COMMAND to read from the TTY; its children are not timed out',
      '-k, --kill-after=DURATION': 'also send a KILL signal if COMMAND is still running\nthis long after the initial signal was sent',
      '-s, --signal=SIGNAL': "specify the signal to be sent on timeout, by name or number; see 'kill -l'",
      '-v, --verbose': 'diagnose to stderr any signal sent upon timeout',
    },
    usageStatus: 125,
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { system } = process
    const duration = (text: string) => {
      const found = parseDuration(text)
      if (found === undefined) throw new Failure(`invalid time interval ${quoteWord(text)}`, { usage: true })
      return found
    }
    const killAfter = args.has('k') ? duration(args.value('k')!) : undefined
    const signal = signalNumber(args.value('s') ?? 'TERM')
    if (signal === undefined) throw new Failure(`${quoteWord(args.value('s')!)}: invalid signal`, { usage: true })
    const [text, ...argv] = args.operands
    if (text === undefined || argv.length === 0) {
      await process.stderr.write(`Try '${process.argv[0]} --help' for more information.\n`)
      return 125
    }
    const limit = duration(text)
    let child: number
    try {
      // A group of its own, so that the command's children get the signal too.
      child = await spawnProgram(process, argv, args.has('foreground') ? {} : { pgid: 0 })
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await report(process, `failed to run command ${quoteName(argv[0]!)}`, error)
      return startFailureStatus(error)
    }
    const send = async (number: number) => {
      if (args.has('v')) await report(process, `sending signal ${signalName(number) ?? number} to command ${quoteName(argv[0]!)}`)
      try {
        await system.kill(args.has('foreground') ? child : -child, number)
        if (number !== signals.SIGKILL && number !== signals.SIGCONT)
          await system.kill(args.has('foreground') ? child : -child, signals.SIGCONT)
      } catch (error) {
        if (!(error instanceof SystemError && error.code === 'ESRCH')) throw error
      }
    }
    for (const own of [signals.SIGINT, signals.SIGTERM, signals.SIGHUP, signals.SIGQUIT]) process.onSignal(own, () => void send(own))
    let alarms = 0
    process.onSignal(signals.SIGALRM, () => void (++alarms === 1 ? send(signal) : send(signals.SIGKILL)))
    if (limit > 0 && limit !== Infinity) await system.alarm(Math.ceil(limit))
    for (;;) {
      try {
        const ended = await system.wait(child)
        if (!ended) continue
        const own = ended.kind === 'exited' ? ended.status : ended.kind === 'signaled' ? 128 + ended.signal : 1
        if (alarms === 0 || args.has('preserve-status')) return own
        return ended.kind === 'signaled' && ended.signal === signals.SIGKILL ? 128 + signals.SIGKILL : TIMED_OUT
      } catch (error) {
        if (!(error instanceof SystemError && error.code === 'EINTR')) throw error
        if (alarms === 1 && killAfter !== undefined && killAfter > 0) await system.alarm(Math.ceil(killAfter))
      }
    }
  },
)
