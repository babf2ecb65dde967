import { SystemError } from '../machine/system-error.ts'
import type { Command } from '../machine/process.ts'
import { command } from './command.ts'
import { execProgram, startFailureStatus } from './exec-program.ts'
import { Failure } from './failure.ts'
import { quoteName, quoteWord } from './quote-name.ts'
import { reportAction, report } from './report.ts'
import { splitWords } from './split-words.ts'

export const env: Command = command(
  {
    name: 'env',
    usage: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
    summary: 'Set each NAME to VALUE in the environment and run COMMAND; without COMMAND, print the environment.',
    options: {
      '-i, --ignore-environment': 'start with an empty environment',
      '-0, --null': 'end each line of output with NUL, not newline',
      '-u, --unset=NAME': 'remove a variable from the environment',
      '-C, --chdir=DIR': 'change the working directory to DIR',
      '-S, --split-string=S': 'process and split S into separate arguments,\nused to pass several arguments on a shebang line',
      '-v, --debug': 'say on standard error what is done',
    },
    usageStatus: 125,
    operandsEndOptions: true,
  },
  async (args, process) => {
    const split = args.given.filter(({ name }) => name === 'S')
    if (split.length) {
      // What -S holds takes its place among the arguments (env(1), "-S/--split-string usage in scripts").
      const words = split.flatMap(({ value }) => splitWords(value ?? '', process.env))
      const before = args.given
        .filter(({ name }) => name !== 'S')
        .flatMap(({ name, value }) => (value === undefined ? [`-${name}`] : [`-${name}`, value]))
      return env([...before, ...words, ...args.operands], process)
    }
    const operands = [...args.operands]
    let ignore = args.has('i')
    if (operands[0] === '-') {
      ignore = true
      operands.shift()
    }
    const variables: Record<string, string> = ignore ? {} : { ...process.env }
    for (const { name, value } of args.given) {
      if (name !== 'u') continue
      if (!value || value.includes('=')) throw new Failure(`cannot unset ${quoteName(value ?? '')}: Invalid argument`, { status: 125 })
      delete variables[value]
    }
    while (operands[0]?.includes('=')) {
      const assignment = operands.shift()!
      const equals = assignment.indexOf('=')
      if (equals === 0) throw new Failure(`cannot set ${quoteName(assignment.slice(1))}: Invalid argument`, { status: 125 })
      variables[assignment.slice(0, equals)] = assignment.slice(equals + 1)
    }
    const directory = args.value('C')
    if (operands.length === 0) {
      if (directory !== undefined) throw new Failure('must specify command with --chdir (-C)', { usage: true })
      const end = args.has('0') ? '\0' : '\n'
      for (const [name, value] of Object.entries(variables)) await process.stdout.write(`${name}=${value}${end}`)
      return 0
    }
    if (args.has('0')) throw new Failure('cannot specify --null (-0) with command', { usage: true })
    if (directory !== undefined) {
      try {
        await process.system.chdir(directory)
      } catch (error) {
        await reportAction(process, 'cannot change directory to', directory, error)
        return 125
      }
    }
    if (args.has('v'))
      await process.stderr.write(`executing: ${operands[0]}\n${operands.map((word, at) => `   arg[${at}]= ${quoteWord(word)}\n`).join('')}`)
    try {
      return await execProgram(process, operands, variables)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      await report(process, quoteName(operands[0]!), error)
      if (error.code === 'ENOENT' && operands[0]!.includes(' ')) await report(process, 'use -[v]S to pass options in shebang lines')
      return startFailureStatus(error)
    }
  },
)
