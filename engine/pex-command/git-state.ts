import { PexError } from '../pex/pex-error.ts'
import type { PexHome } from './pex-home.ts'

/** What is asked of git, in the order in which pex complains, and what stands for no answer where that is no fault. */
const questions: readonly { readonly key: string; readonly args: readonly string[]; readonly otherwise?: string }[] = [
  { key: 'description', args: ['describe', '--always', '--dirty', '--long'] },
  { key: 'commit', args: ['rev-parse', 'HEAD'] },
  { key: 'branch', args: ['branch', '--show-current'], otherwise: '' },
  { key: 'tag', args: ['describe', '--exact-match'], otherwise: '' },
]

/** `--record-git-state`: what git says of the directory, for PEX-INFO. Source: pex/build_properties.py. Throws PexError where there is no git. */
export const gitState = async ({ capture, errors }: PexHome): Promise<Record<string, string>> => {
  const answers = await Promise.all(questions.map(({ args }) => capture?.('git', args)))
  const state: Record<string, string> = {}
  for (const [at, { key, otherwise }] of questions.entries()) {
    const answer = answers[at]
    if (!answer) {
      throw new PexError("[Errno 2] No such file or directory: 'git'\n--record-git-state asks git, which is not here: give what you need with --build-property")
    }
    const said = answer.status === 0 ? answer.output.trim() : otherwise
    if (said !== undefined) state[key] = said
    else await errors.write(`Failed to gather '${key}' git state for build properties.\n`)
  }
  return state
}
