import { signals } from '../../machine/signals.ts'
import { SystemError } from '../../machine/system-error.ts'
import { ShellError } from '../shell-error.ts'
import { signalName, signalNumber } from '../traps.ts'
import { usage, type Builtin } from './builtin.ts'

export const kill: Builtin = async (args, shell) => {
  let signal: number = signals.SIGTERM
  let targets = args
  const [first, second] = args
  const parse = (text: string) => signalNumber(text) ?? fail(`${text}: invalid signal specification`)
  if (first === '-l' || first === '-L') return list(args.slice(1))
  if (first === '-s' || first === '-n') {
    if (second === undefined) throw new ShellError(`${first}: option requires an argument`, 'command')
    signal = parse(second)
    targets = args.slice(2)
  } else if (first !== undefined && /^-./.test(first) && first !== '--') {
    signal = parse(first.slice(1))
    targets = args.slice(1)
  }
  if (targets[0] === '--') targets = targets.slice(1)
  if (!targets.length) throw usage('kill')
  let status = 1
  for (const target of targets) {
    try {
      await send(target)
      status = 0
    } catch (error) {
      if (!(error instanceof ShellError)) throw error
      await shell.complain(`kill: ${error.message}`)
    }
  }
  return status

  async function send(target: string) {
    if (target.startsWith('%')) {
      const job = shell.jobs.find(target)
      return shell.system.kill(shell.state.options.monitor ? -job.pgid : job.pgid, signal)
    }
    if (!/^-?\d+$/.test(target)) fail(`${target}: arguments must be process or job IDs`)
    try {
      await shell.system.kill(Number(target), signal)
    } catch (error) {
      if (error instanceof SystemError) fail(`(${target}) - ${error.message}`)
      throw error
    }
  }

  async function list(names: string[]): Promise<number> {
    if (names.length) {
      for (const name of names) {
        const number = signalNumber(/^\d+$/.test(name) && Number(name) > 128 ? String(Number(name) - 128) : name)
        if (number === undefined) fail(`${name}: invalid signal specification`)
        await shell.write(1, `${/^\d+$/.test(name) ? signalName(number) : number}\n`)
      }
      return 0
    }
    const cells = Object.entries(signals).sort(([, a], [, b]) => a - b).map(([name, number]) => `${String(number).padStart(2)}) ${name}`)
    const lines = []
    for (let i = 0; i < cells.length; i += 5) lines.push(cells.slice(i, i + 5).join('\t'))
    await shell.write(1, `${lines.join('\n')}\n`)
    return 0
  }
}

function fail(message: string): never {
  throw new ShellError(message, 'command')
}
