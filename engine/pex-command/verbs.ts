import { describePex } from '../pex/describe-pex.ts'
import { descriptionJson, formatDescription } from '../pex/format-description.ts'
import { formatVerdict } from '../pex/format-verdict.ts'
import { namedTarget } from '../pex/named-target.ts'
import { PexError } from '../pex/pex-error.ts'
import { printable } from '../pex/printable.ts'
import { willItRun } from '../pex/will-it-run.ts'
import { wrongHashLines } from '../pex/wrong-hash-lines.ts'
import { FileProblem } from './file-problem.ts'
import { helpText } from './help.ts'
import { lockToPylock } from './lock.ts'
import { lockOptions } from './lock-options.ts'
import { atPath, readPexSource } from './open-pex.ts'
import type { Option } from './option.ts'
import { parseArguments, type Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { reportErrors } from './report-errors.ts'
import { UsageError } from './usage-error.ts'

const answerHelp: Option = { flags: ['-h', '--help'], name: 'help', kind: 'answer', help: 'Print this text and end.' }

/** A verb that looks at one file. */
interface Looking {
  readonly usage: string
  readonly summary: string
  readonly options: readonly Option[]
  readonly look: (path: string, options: Arguments, home: PexHome) => Promise<number>
}

const info: Looking = {
  usage: '[-h] [--json] FILE',
  summary: 'A PEX of any layout, a zipapp or a wheel: what is in it, and whether its hashes hold.',
  options: [answerHelp, { flags: ['--json'], name: 'json', kind: 'on', default: 'False', help: 'Say it as JSON.' }],
  look: async (path, options, home) => {
    const description = await atPath(path, home, source => describePex(source, home.digests))
    await home.output.write(options.has('json') ? descriptionJson(path, description) : formatDescription(path, description))
    return 0
  },
}

const check: Looking = {
  usage: '[-h] [--target TARGET] FILE',
  summary: 'A PEX of any layout. The status is 1 if it will not run, or is not as it was built.',
  options: [answerHelp, {
    flags: ['--target'], name: 'target', kind: 'value', default: 'this machine',
    help:
      'Where it is to run: `this machine`, `this browser`, a platform such as `macosx_11_0_arm64-cp-312-cp312`, or FILE.json, a complete ' +
      'platform as `pex3 interpreter inspect --markers --tags` prints it.',
  }],
  look: async (path, options, home) => {
    const machine = (await home.python())?.target
    const readText = async (file: string) => new TextDecoder().decode(await home.files.read(file))
    const named = await namedTarget(options.value('target') ?? 'this machine', { readText, ...(machine ? { machine } : {}) })
    const { verdict, wrong } = await atPath(path, home, async source => {
      const pex = await readPexSource(source)
      // A description reads what no hash covers, too: the runtime's vendored parts.
      const { hashes } = await describePex(source, home.digests)
      return { verdict: await willItRun(pex, named.target), wrong: wrongHashLines(hashes) }
    })
    const changed = wrong.length ? ['It is not as it was built:', ...wrong.map(line => `  ${printable(line)}`), ''].join('\n') : ''
    await home.output.write(formatVerdict(path, verdict, named) + changed)
    return verdict.runs === 'no' || wrong.length ? 1 : 0
  },
}

/** A word that can only be a path. */
const isPath = (word: string) => word.includes('/') || /\.(?:pex|pyz|whl)$/i.test(word)

const lookAt = (verb: string, { usage, summary, options, look }: Looking) => (words: readonly string[], home: PexHome): Promise<number> => {
  const called = `${home.program} ${verb}`
  const shown = `usage: ${called} ${usage}\n`
  return reportErrors(home, called, shown, async () => {
    const given = parseArguments(options, words)
    if ('answer' in given) {
      const frame = { usage: shown, operand: 'FILE', operandHelp: summary }
      await home.output.write(helpText(frame, [{ title: 'options', options }], home))
      return 0
    }
    const [path, ...others] = given.operands
    if (path === undefined) throw new UsageError('the following arguments are required: FILE')
    if (others.length > 0) throw new UsageError(`unrecognized arguments: ${others.join(' ')}`)
    try {
      return await look(path, given, home)
    } catch (error) {
      if (!(error instanceof FileProblem) || error.code === 'EPIPE') throw error
      const orProjects = error.path !== path || isPath(path) ? ''
        : `; for a PEX of the projects ${verb} and ${path}, put an option first: ${home.program} -o OUTPUT.PEX ${verb} ${path}`
      throw new PexError(`${called}: ${error.path}: ${error.reason}${orProjects}`)
    }
  })
}

/** Those of `pex3 lock create`, without what is of its own format. */
const ownLockOptions = lockOptions.map(group => ({ ...group, options: group.options.filter(({ name }) => name !== 'style' && name !== 'indent') }))

const lock = (words: readonly string[], home: PexHome): Promise<number> => {
  const called = `${home.program} lock`
  const usage = `usage: ${called} [-o pylock.toml] [options] requirements\n`
  return reportErrors(home, called, usage, async () => {
    const options = parseArguments(ownLockOptions.flatMap(group => group.options), words)
    if (!('answer' in options)) return lockToPylock(options, home)
    const frame = { usage, operand: 'requirements', operandHelp: 'What is locked, as a pylock.toml (PEP 751), which `pex --pylock` takes.' }
    await home.output.write(helpText(frame, ownLockOptions, home))
    return 0
  })
}

const looking: Readonly<Record<string, Looking>> = { info, check }

/** Whether the words behind a verb ask it of a file: they name one, or hold nothing but one name and the verb's own options. */
const asksOfFile = async ({ options }: Looking, words: readonly string[], { files }: PexHome): Promise<boolean> => {
  const isTarget = (at: number) => words[at - 1] === '--target'
  const operands = words.filter((word, at) => !word.startsWith('-') && !isTarget(at))
  const own = (word: string) => options.some(({ flags }) => flags.includes(word.replace(/=.*$/s, '')))
  if (operands.length < 2 && words.every((word, at) => !word.startsWith('-') || isTarget(at) || own(word))) return true
  const [first = ''] = operands
  return isPath(first) || await files.kind(first) !== undefined
}

/**
 * What `pex info FILE`, `pex check FILE --target T` and `pex lock REQUIREMENTS` do; undefined where the words begin otherwise: then they are
 * requirements. A project that is called like a verb is asked for behind an option, or by its version.
 */
export const verbOf = async ([name = '', ...words]: readonly string[], home: PexHome) => {
  if (name === 'lock') return lock
  const verb = Object.hasOwn(looking, name) ? looking[name] : undefined
  return verb && await asksOfFile(verb, words, home) ? lookAt(name, verb) : undefined
}
