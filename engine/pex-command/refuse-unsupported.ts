import { PexError } from '../pex/pex-error.ts'
import type { Option } from './option.ts'
import type { Arguments } from './parse-arguments.ts'
import type { Abilities } from './pex-home.ts'
import { refusalOf } from './refusal-of.ts'

/** Whether an option asks for nothing that cannot be done. */
const asksNothing = ({ kind, name }: Option, options: Arguments): boolean => kind === 'switch' && !options.isOn(name)

/** Throws PexError for the first option that this builder has no way to follow: its name, why, and the way out. */
export const refuseUnsupported = (options: Arguments, home: Abilities): void => {
  const scie = options.value('scie_style')
  if (scie !== undefined && options.value('pex_name') === undefined) {
    throw new PexError(`You must specify \`-o\`/\`--output-file\` to use \`--scie ${scie}\`.`)
  }
  if (options.has('validate_ep') && !options.value('entry_point')) {
    throw new PexError('You requested `--validate-entry-point` but specified no `--entry-point` to validate.')
  }
  for (const option of options.given) {
    const refused = refusalOf(option, home)
    if (refused !== undefined && !asksNothing(option, options)) throw new PexError(`${option.flags[0]} is not supported: it ${refused}.`)
  }
}
