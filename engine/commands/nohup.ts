import { O_APPEND, O_CREAT, O_RDONLY, O_WRONLY } from '../machine/system-calls.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import { command } from './command.ts'
import { execProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'
import { quoteName } from './quote-name.ts'
import { report } from './report.ts'

export const nohup = command(
  {
    name: 'nohup',
    usage: ['COMMAND [ARG]...', 'OPTION'],
    summary: 'Run COMMAND, ignoring hangup signals.\n\nInput from a terminal becomes unreadable; output to one is appended to nohup.out.',
    options: {},
    usageStatus: 125,
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { system } = process
    if (args.operands.length === 0) throw new Failure('missing operand', { usage: true })
    const [input, output, errors] = [await system.isatty(0), await system.isatty(1), await system.isatty(2)]
    if (input) {
      const nothing = await system.open('/dev/null', O_RDONLY)
      await system.dup2(nothing, 0)
      await system.close(nothing)
    }
    if (output) {
      const [name, fd] = await openOutput(process)
      await report(process, `${input ? 'ignoring input and ' : ''}appending output to ${quoteName(name)}`)
      await system.dup2(fd, 1)
      await system.close(fd)
    } else if (input) await report(process, 'ignoring input')
    if (errors && !output) await report(process, 'redirecting stderr to stdout')
    if (errors) await system.dup2(1, 2)
    await system.sigaction(signals.SIGHUP, 'ignore')
    try {
      return await execProgram(process, args.operands, { ...process.env })
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await report(process, `failed to run command ${quoteName(args.operands[0]!)}`, error)
      return startFailureStatus(error)
    }
  },
)

async function openOutput({ system, env }: Parameters<typeof execProgram>[0]): Promise<[name: string, fd: number]> {
  const flags = O_WRONLY | O_CREAT | O_APPEND
  try {
    return ['nohup.out', await system.open('nohup.out', flags, 0o600)]
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const other = `${env.HOME ?? ''}/nohup.out`
    try {
      return [other, await system.open(other, flags, 0o600)]
    } catch (reason) {
      if (!(reason instanceof SystemError)) throw reason
      throw new Failure(`failed to open ${quoteName(other)}: ${reason.message}`, { status: 125 })
    }
  }
}
