import { command } from './command.ts'

export const yes = command(
  { name: 'yes', usage: '[STRING]...', summary: "Print a line with all STRINGs, or 'y', until it is stopped.", options: {} },
  async (args, process) => {
    const line = `${args.operands.length ? args.operands.join(' ') : 'y'}\n`
    const block = line.repeat(Math.max(1, Math.floor(8192 / line.length)))
    for (;;) {
      await process.stdout.write(block)
      await process.breathe()
    }
  },
)
