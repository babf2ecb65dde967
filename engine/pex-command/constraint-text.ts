import { PackagingError } from '../packaging/packaging-error.ts'
import { formatSpecifierSet, parseSpecifierSet } from '../packaging/specifier-set.ts'
import { PexError } from '../pex/pex-error.ts'

const implementations = /^(?:CPython(?:\[free-threaded\]|\[gil\]|\+t|-t)?|PyPy)/

/** An interpreter constraint in the spelling of PEX-INFO. Throws PexError in pex's words. Source: pex/interpreter_constraints.py. */
export const constraintText = (text: string): string => {
  const implementation = implementations.exec(text)?.[0] ?? ''
  try {
    return implementation + formatSpecifierSet(parseSpecifierSet(text.slice(implementation.length)))
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new PexError(`Unparseable interpreter constraint ${text}: ${error.message}`)
  }
}
