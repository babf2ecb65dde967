import { describePex } from '../pex/describe-pex.ts'
import { descriptionJson, formatDescription } from '../pex/format-description.ts'
import { formatVerdict } from '../pex/format-verdict.ts'
import { namedTarget } from '../pex/named-target.ts'
import { willItRun } from '../pex/will-it-run.ts'
import { inFile } from './in-file.ts'
import { openPex, sourceAt } from './open-pex.ts'
import type { PexHome } from './pex-home.ts'
import { parseArguments } from './parse-arguments.ts'
import { lockToPylock } from './lock.ts'
import { lockOptions } from './lock-options.ts'
import { UsageError } from './usage-error.ts'

const info = async (words: readonly string[], home: PexHome): Promise<number> => {
  const paths = words.filter(word => word !== '--json')
  if (paths.length !== 1) throw new UsageError('info takes one FILE, and --json')
  const [path = ''] = paths
  const description = await inFile(path, async () => describePex(await sourceAt(path, home), home.digests))
  await home.output.write(words.includes('--json') ? descriptionJson(path, description) : formatDescription(path, description))
  return 0
}

const check = async (words: readonly string[], home: PexHome): Promise<number> => {
  const at = words.indexOf('--target')
  const names = at === -1 ? [] : words.slice(at + 1, at + 2)
  const [path, ...others] = words.filter((_, index) => at === -1 || (index !== at && index !== at + 1))
  const [name = 'this machine'] = names
  if (path === undefined || others.length > 0 || (at !== -1 && names.length === 0)) throw new UsageError('check takes one FILE, and --target TARGET')
  const machine = (await home.python())?.target
  const readText = async (file: string) => new TextDecoder().decode(await home.files.read(file))
  const named = await namedTarget(name, { readText, ...(machine ? { machine } : {}) })
  const verdict = await inFile(path, async () => willItRun(await openPex(path, home), named.target))
  await home.output.write(formatVerdict(path, verdict, named))
  return verdict.runs === 'no' ? 1 : 0
}

const lock = async (words: readonly string[], home: PexHome): Promise<number> => {
  const options = parseArguments(lockOptions.flatMap(group => group.options).filter(({ name }) => name !== 'style' && name !== 'indent'), words)
  if (!('answer' in options)) return lockToPylock(options, home)
  await home.output.write('usage: pex lock [-o pylock.toml] [options] requirements\n\nWrites a lock file (PEP 751), for `pex --pylock`. The options are those of `pex3 lock create`.\n')
  return 0
}

const verbs: Record<string, (words: readonly string[], home: PexHome) => Promise<number>> = { info, check, lock }

/**
 * What `pex info FILE`, `pex check FILE --target T` and `pex lock REQUIREMENTS` do; undefined where the words begin otherwise: then they are
 * requirements. A project that is called like a verb is asked for behind an option, or by its version.
 */
export const verbOf = async ([name = '', ...words]: readonly string[], { files }: PexHome) => {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  const operand = words.find(word => !word.startsWith('-'))
  return verb && (name === 'lock' || operand === undefined || operand.includes('/') || await files.kind(operand) !== undefined) ? verb : undefined
}
