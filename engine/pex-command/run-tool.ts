import { registeredOptions } from './option-groups.ts'
import { makePex } from './make-pex.ts'
import { matchOption } from './match-option.ts'
import type { Option } from './option.ts'
import { mergeArguments, parseArguments, takesNone } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { UsageError } from './usage-error.ts'

/** Where the tool's name stands; behind it all is the tool's own. */
const toolAt = (words: readonly string[], options: readonly Option[]): number => {
  for (let at = 0; at < words.length; at++) {
    const word = matchOption(options, words[at]!)
    if (!word) return at
    if (word.option && !takesNone(word.option) && word.attached === undefined) at++
  }
  return words.length
}

/** `pexec [options] TOOL [arguments]`: runs a console script of a project, without anything that stays. */
export const runTool = async (words: readonly string[], options: readonly Option[], home: PexHome): Promise<number | { answer: string }> => {
  const at = toolAt(words, options)
  const given = parseArguments(options, words.slice(0, at))
  if ('answer' in given) return given
  const tool = words[at]
  if (tool === undefined) throw new UsageError('the following arguments are required: entry_point')
  const wanted = [given.value('from') ?? tool, ...given.values('with')]
  const own = parseArguments(registeredOptions, ['--script', tool, ...wanted])
  return 'answer' in own ? own : makePex(mergeArguments(given, own), words.slice(at + 1), home)
}
