import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../machine/system-calls.ts'
import { signals } from '../machine/signals.ts'
import type { Writer } from '../machine/process.ts'
import { command } from './command.ts'
import { reportName } from './report.ts'

export const tee = command(
  {
    name: 'tee',
    usage: '[OPTION]... [FILE]...',
    summary: 'Copy standard input to each FILE, and also to standard output.',
    options: { '-a, --append': 'append to the FILEs, do not overwrite', '-i, --ignore-interrupts': 'ignore interrupt signals' },
  },
  async (args, process) => {
    const { system } = process
    if (args.has('i')) await system.sigaction(signals.SIGINT, 'ignore')
    let status = 0
    const outputs: { name: string; writer: Writer }[] = [{ name: 'standard output', writer: process.stdout }]
    for (const name of args.operands) {
      try {
        const fd = await system.open(name, O_WRONLY | O_CREAT | (args.has('a') ? O_APPEND : O_TRUNC), 0o666)
        outputs.push({ name, writer: process.writer(fd) })
      } catch (error) {
        await reportName(process, name, error)
        status = 1
      }
    }
    for (let chunk = await process.stdin.read(); chunk; chunk = await process.stdin.read()) {
      for (const output of [...outputs]) {
        try {
          await output.writer.write(chunk)
          await output.writer.flush()
        } catch (error) {
          await reportName(process, output.name, error)
          outputs.splice(outputs.indexOf(output), 1)
          status = 1
        }
      }
      await process.breathe()
    }
    return status
  },
)
