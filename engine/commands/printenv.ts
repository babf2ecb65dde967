import { command } from './command.ts'

export const printenv = command(
  {
    name: 'printenv',
    usage: '[OPTION]... [VARIABLE]...',
    summary: 'Print the values of the environment VARIABLEs; without any, print name and value of all.',
    options: { '-0, --null': 'end each line of output with NUL, not newline' },
    usageStatus: 2,
  },
  async (args, process) => {
    const end = args.has('0') ? '\0' : '\n'
    if (args.operands.length === 0) {
      for (const [name, value] of Object.entries(process.env)) await process.stdout.write(`${name}=${value}${end}`)
      return 0
    }
    let status = 0
    for (const name of args.operands) {
      const value = Object.hasOwn(process.env, name) ? process.env[name] : undefined
      if (value === undefined) status = 1
      else await process.stdout.write(value + end)
    }
    return status
  },
)
