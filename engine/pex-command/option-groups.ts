import { entryOptions, globalOptions, mainOptions } from './main-options.ts'
import type { Option, OptionGroup } from './option.ts'
import { environmentOptions, outputOptions } from './output-options.ts'
import { resolverOptions } from './resolver-options.ts'

/** pex's command line, in the order of its help. */
export const optionGroups: readonly OptionGroup[] = [mainOptions, resolverOptions, outputOptions, environmentOptions, entryOptions, globalOptions]

/** In the order in which pex tells argparse of them: an ambiguous option is answered with the candidates in it. */
export const registeredOptions: readonly Option[] = [
  mainOptions.options.slice(0, 2), resolverOptions.options, outputOptions.options, environmentOptions.options, entryOptions.options,
  mainOptions.options.slice(2, 15), globalOptions.options, mainOptions.options.slice(15),
].flat()
