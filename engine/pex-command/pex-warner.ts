import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { switchVariable } from './pexrc-variables.ts'

/** Prints pex's warnings, unless they are switched off; with `-v` they come all the same. Source: pex/pex_warnings.py. */
export const pexWarner = (options: Arguments, { environment, errors }: Pick<PexHome, 'environment' | 'errors'>): ((message: string) => void) => {
  const isWanted = options.isOn('emit_warnings', true) && switchVariable('PEX_EMIT_WARNINGS', environment) !== false
  return message => {
    if (isWanted || options.count('verbosity') > 0) void errors.write(`PEXWarning: ${message}\n`)
  }
}
