import { helpText, pexHelp, usageText } from './help.ts'
import { makePex } from './make-pex.ts'
import { optionGroups, registeredOptions } from './option-groups.ts'
import { mergeArguments, parseArguments, type Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { reportErrors } from './report-errors.ts'
import { variablesText } from './variables-text.ts'
import { verbOf } from './verbs.ts'
import { versionOfWheel } from './version-of-wheel.ts'

/** `--inherit-path` alone is what it was before it took a value. */
const withoutLegacy = (words: readonly string[]) => words.map(word => (word === '--inherit-path' ? '--inherit-path=prefer' : word))

const answer = async (name: string, home: PexHome): Promise<number> => {
  if (name === 'help') await home.output.write(helpText(pexHelp(home.program), optionGroups, home))
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

/** `pex`: arguments without the program's name -> its exit status. Whatever is thrown is the program's own mistake. */
export const pexCommand = (words: readonly string[], home: PexHome): Promise<number> => {
  const work = async (): Promise<number> => {
    const verb = await verbOf(words, home)
    if (verb) return verb(words.slice(1), home)
    const end = words.indexOf('--')
    const own = withoutLegacy(end === -1 ? words : words.slice(0, end))
    const options = await readArguments(own, home)
    if ('answer' in options) return answer(options.answer, home)
    return makePex(options, end === -1 ? [] : words.slice(end + 1), home)
  }
  return reportErrors(home, home.program, usageText(home.program), work)
}
