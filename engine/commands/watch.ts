import { SystemError } from '../machine/system-error.ts'
import { formatTime, timeZone } from '../shell/format-time.ts'
import { command } from './command.ts'
import { spawnProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'
import { hostName } from './host-name.ts'
import { report } from './report.ts'

/** procps' watch, without highlighting: the command's output from the top of the screen, again and again. */
export const watch = command(
  {
    name: 'watch',
    usage: '[options] command',
    summary: 'Execute a program periodically, showing output fullscreen.',
    options: {
      '-e, --errexit': 'exit if command has a non-zero exit',
      '-n, --interval=SECS': 'seconds to wait between updates (default 2)',
      '-t, --no-title': 'turn off header',
      '-x, --exec': 'pass command to exec instead of "sh -c"',
    },
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { system } = process
    const text = args.value('n') ?? '2'
    const seconds = Number(text.replace(',', '.'))
    if (!text || Number.isNaN(seconds)) throw new Failure(`failed to parse argument: '${text}': Invalid argument`)
    if (args.operands.length === 0) throw new Failure('missing command', { usage: true })
    const line = args.operands.join(' ')
    const argv = args.has('x') ? args.operands : ['/bin/sh', '-c', line]
    for (;;) {
      const { rows, columns } = await screen(process)
      const [readEnd, writeEnd] = await system.pipe()
      let child: number
      try {
        child = await spawnProgram(process, argv, { fds: { 0: 0, 1: writeEnd, 2: writeEnd } })
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        await report(process, argv[0]!, error)
        return startFailureStatus(error)
      } finally {
        await system.close(writeEnd)
      }
      const output = new TextDecoder().decode((await process.reader(readEnd).all()).slice())
      await system.close(readEnd)
      const ended = await system.wait(child)
      const title = `Every ${seconds.toFixed(1)}s: ${line}`
      const stamp = `${await hostName(system)}: ${formatTime('%c', process.now(), timeZone(process.env.TZ))}`
      const head = args.has('t') ? [] : [title.slice(0, columns - stamp.length - 1).padEnd(columns - stamp.length) + stamp, '']
      const lines = [...head, ...output.replace(/\n$/, '').split('\n')].slice(0, rows)
      await process.stdout.write(`\u001b[H\u001b[2J${lines.map((one) => one.slice(0, columns)).join('\r\n')}`)
      await process.stdout.flush()
      if (args.has('e') && ended?.kind === 'exited' && ended.status !== 0) return 8
      await system.sleep(Math.max(0.1, seconds) * 1000)
    }
  },
)

async function screen({ system }: Parameters<typeof spawnProgram>[0]): Promise<{ rows: number; columns: number }> {
  try {
    const { rows, columns } = await system.getWindowSize(1)
    return { rows: rows || 24, columns: columns || 80 }
  } catch (error) {
    if (error instanceof SystemError) return { rows: 24, columns: 80 }
    throw error
  }
}
