import { buildPex } from './build-pex.ts'
import { describeError } from './describe-error.ts'
import { helpText, usageText } from './help.ts'
import { optionGroups, registeredOptions } from './option-groups.ts'
import { mergeArguments, parseArguments, type Arguments } from './parse-arguments.ts'
import { joinPath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { createProgress } from './progress.ts'
import { refuseUnsupported } from './refuse-unsupported.ts'
import { savePex } from './save-pex.ts'
import { UsageError } from './usage-error.ts'
import { variablesText } from './variables-text.ts'
import { verbOf } from './verbs.ts'
import { versionOfWheel } from './version-of-wheel.ts'

/** `--inherit-path` alone is what it was before it took a value. */
const withoutLegacy = (words: readonly string[]) => words.map(word => (word === '--inherit-path' ? '--inherit-path=prefer' : word))

const answer = async (name: string, home: PexHome): Promise<number> => {
  if (name === 'help') await home.output.write(helpText(home.program, optionGroups, home.output.columns ?? 80))
  else if (name === 'version') await home.output.write(`${await versionOfWheel(home)}\n`)
  else await home.output.write(await variablesText(home))
  return 0
}

/** The arguments, with those of the files that `@FILE` names behind them. */
const readArguments = async (words: readonly string[], home: PexHome): Promise<Arguments | { answer: string }> => {
  const parsed = parseArguments(registeredOptions, words)
  if ('answer' in parsed) return parsed
  const operands = parsed.operands.filter(operand => !operand.startsWith('@'))
  const more: string[] = []
  for (const operand of parsed.operands) {
    if (!operand.startsWith('@')) continue
    const text = new TextDecoder().decode(await home.files.read(operand.slice(1)))
    more.push(...text.replace(/\r?\n$/, '').split(/\r?\n/))
  }
  if (more.length === 0) return { ...parsed, operands }
  const added = parseArguments(registeredOptions, withoutLegacy(more))
  return 'answer' in added ? added : mergeArguments({ ...parsed, operands }, added)
}

const make = async (options: Arguments, rest: readonly string[], home: PexHome): Promise<number> => {
  refuseUnsupported(options)
  const progress = createProgress(home, options.count('verbosity'))
  const name = options.value('pex_name')
  const temporary = name === undefined ? await home.files.makeTemporary(options.value('tmpdir') ?? home.environment.TMPDIR ?? '/tmp') : undefined
  try {
    const built = await buildPex(options, home, progress)
    await progress.stage(name === undefined ? 'Running PEX' : `Saving PEX file to ${name}`)
    const path = await savePex(built, name ?? joinPath(temporary!, 'pex'), options, home)
    await progress.end()
    if (name === undefined) {
      const python = built.chosen.python
      return await home.run(python?.path ?? path, python ? [path, ...rest] : rest)
    }
    await home.output.write(`${path}\n`)
    return 0
  } finally {
    await progress.end()
    if (temporary !== undefined) await home.files.remove(temporary)
  }
}

/** `pex`: arguments without the program's name -> its exit status. Whatever is thrown is the program's own mistake. */
export const pexCommand = async (words: readonly string[], home: PexHome): Promise<number> => {
  try {
    const verb = await verbOf(words, home)
    if (verb) return await verb(words.slice(1), home)
    const end = words.indexOf('--')
    const own = withoutLegacy(end === -1 ? words : words.slice(0, end))
    const options = await readArguments(own, home)
    if ('answer' in options) return await answer(options.answer, home)
    return await make(options, end === -1 ? [] : words.slice(end + 1), home)
  } catch (error) {
    if (error instanceof UsageError) {
      await home.errors.write(`${usageText(home.program)}${home.program}: error: ${error.message}\n`)
      return 2
    }
    if (home.signal.aborted) return 130
    const text = describeError(error)
    if (text === undefined) throw error
    await home.errors.write(`${text}\n`)
    return 1
  }
}
