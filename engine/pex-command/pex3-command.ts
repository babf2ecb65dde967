import { PexError } from '../pex/pex-error.ts'
import { applyGlobals } from './apply-globals.ts'
import { helpText } from './help.ts'
import { inspectInterpreter } from './inspect-interpreter.ts'
import { createLock, exportLock } from './lock.ts'
import { exportOptions, inspectOptions, lockOptions, runOptions } from './lock-options.ts'
import { registeredOptions } from './option-groups.ts'
import type { OptionGroup } from './option.ts'
import { mergeArguments, parseArguments, type Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { refuseUnsupported } from './refuse-unsupported.ts'
import { reportErrors } from './report-errors.ts'
import { runTool } from './run-tool.ts'
import { UsageError } from './usage-error.ts'
import { versionOfWheel } from './version-of-wheel.ts'

/** What a subcommand is, or why there is none and what to do instead. */
type Subcommand =
  | { readonly help: string; readonly groups: readonly OptionGroup[]; readonly operand: string; readonly run: (words: readonly string[], home: PexHome, groups: readonly OptionGroup[]) => Promise<number | { answer: string }> }
  | { readonly help: string; readonly subcommands: Readonly<Record<string, Subcommand>> }
  | { readonly help: string; readonly refused: string }

const optionsOf = (groups: readonly OptionGroup[]) => groups.flatMap(({ options }) => options)

const parsed = (work: (options: Arguments, home: PexHome) => Promise<number>) =>
  async (words: readonly string[], home: PexHome, groups: readonly OptionGroup[]): Promise<number | { answer: string }> => {
    const options = parseArguments(optionsOf(groups), words)
    return 'answer' in options ? options : work(options, home)
  }

const inspect = async (given: Arguments, place: PexHome): Promise<number> => {
  refuseUnsupported(given, place)
  const { options, home } = await applyGlobals(given, place)
  return inspectInterpreter(options, home)
}

const exported = (options: Arguments, home: PexHome): Promise<number> => {
  const [lock, ...more] = options.operands
  if (lock === undefined) throw new UsageError('the following arguments are required: lockfile')
  if (more.length > 0) throw new UsageError(`unrecognized arguments: ${more.join(' ')}`)
  const asLock = parseArguments(registeredOptions, ['--lock', lock])
  return 'answer' in asLock ? Promise.resolve(0) : exportLock(mergeArguments({ ...options, operands: [] }, asLock), home)
}

const instead = (subcommand: string, why: string): Subcommand => ({ help: `Not supported: it ${why}.`, refused: `${subcommand} is not supported: it ${why}.` })

const wheelsOnly = 'downloads with pip: use `pip download` or `pip wheel`'

const subcommands: Readonly<Record<string, Subcommand>> = {
  cache: instead('cache', "keeps pex's own cache, which is not used here"),
  docs: instead('docs', 'serves pages that are not in the wheel: read them at docs.pex-tool.org'),
  download: instead('download', wheelsOnly),
  interpreter: {
    help: 'Tell of interpreters.',
    subcommands: { inspect: { help: 'Tell what a Python is.', groups: inspectOptions, operand: '', run: parsed(inspect) } },
  },
  lock: {
    help: 'Make and export lock files.',
    subcommands: {
      create: { help: 'Make a lock file.', groups: lockOptions, operand: 'requirements', run: parsed(createLock) },
      subset: instead('lock subset', 'cuts a lock down: make a lock of fewer requirements with `pex3 lock create`'),
      export: { help: 'Write a lock file in another format, for one target.', groups: exportOptions, operand: 'lockfile', run: parsed(exported) },
      'export-subset': instead('lock export-subset', 'cuts a lock down: make a lock of fewer requirements with `pex3 lock create`'),
      update: instead('lock update', 'changes a lock: make it again with `pex3 lock create`'),
      sync: instead('lock sync', 'changes a lock and a venv: make the lock again with `pex3 lock create`'),
    },
  },
  run: { help: 'Run a tool.', groups: runOptions, operand: 'entry_point', run: (words, home, groups) => runTool(words, optionsOf(groups), home) },
  scie: instead('scie', 'puts a Python into the file, which is not done here: use the real pex'),
  venv: instead('venv', 'makes a venv with a Python: build a PEX with --include-tools and run it with PEX_TOOLS=1 and `venv DIRECTORY`'),
  wheel: instead('wheel', wheelsOnly),
}

const operandHelp: Readonly<Record<string, string>> = {
  requirements: 'Requirements: names, specifiers, wheels, URLs of wheels.',
  lockfile: 'The lock file of `pex3 lock create`.',
  entry_point: 'The tool: a console script, and the project that brings it. What follows is for the tool.',
}

const usageOf = (called: string, subcommand: Subcommand): string => {
  if ('subcommands' in subcommand) return `usage: ${called} [-h] {${Object.keys(subcommand.subcommands).join(',')}} ...\n`
  return `usage: ${called} [options] ${'operand' in subcommand && subcommand.operand !== '' ? `[${subcommand.operand} ...]` : ''}`.trimEnd() + '\n'
}

const listText = (called: string, list: Readonly<Record<string, Subcommand>>, usage: string): string =>
  `${usage}\nsubcommands of ${called}:\n${Object.entries(list).map(([name, { help }]) => `  ${name.padEnd(16)}${help}\n`).join('')}`

const runSubcommand = async (called: string, subcommand: Subcommand, words: readonly string[], home: PexHome): Promise<number> => {
  const usage = usageOf(called, subcommand)
  if ('refused' in subcommand) return reportErrors(home, called, usage, () => Promise.reject(new PexError(subcommand.refused)))
  if ('run' in subcommand) {
    const { groups, operand, run } = subcommand
    return reportErrors(home, called, usage, async () => {
      const status = await run(words, home, groups)
      if (typeof status === 'number') return status
      await home.output.write(helpText({ usage, operand, operandHelp: operandHelp[operand] ?? '' }, groups, home))
      return 0
    })
  }
  const [name, ...rest] = words
  const list = subcommand.subcommands
  if (name !== undefined && Object.hasOwn(list, name)) return runSubcommand(`${called} ${name}`, list[name]!, rest, home)
  if (name === '-h' || name === '--help') {
    await home.output.write(listText(called, list, usage))
    return 0
  }
  const names = Object.keys(list)
  return reportErrors(home, called, usage, () => Promise.reject(new UsageError(
    name === undefined ? 'a subcommand is required'
      : name.startsWith('-') ? `unrecognized arguments: ${name}`
        : `argument {${names.join(',')}}: invalid choice: '${name}' (choose from ${names.map(each => `'${each}'`).join(', ')})`)))
}

/** `pex3`: arguments without the program's name -> its exit status. */
export const pex3Command = (words: readonly string[], home: PexHome): Promise<number> => {
  const program: Subcommand = { help: '', subcommands }
  return reportErrors(home, home.program, usageOf(home.program, program), async () => {
    if (words[0] !== '-V' && words[0] !== '--version') return runSubcommand(home.program, program, words, home)
    await home.output.write(`${await versionOfWheel(home)}\n`)
    return 0
  })
}

/** `pexec`, which is `pex3 run`. */
export const pexecCommand = (words: readonly string[], home: PexHome): Promise<number> =>
  runSubcommand(home.program, subcommands['run']!, words, home)
