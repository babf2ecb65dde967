import { parse, TomlError, type TomlTable } from 'smol-toml'
import { PackagingError } from './packaging-error.ts'

/**
 * The table of a TOML text. `subject` is what the text is called where it is none. `integersAsBigInt` keeps integers apart from floats.
 * Throws PackagingError.
 */
export const readToml = (text: string, subject: string, integersAsBigInt = false): TomlTable => {
  try {
    return parse(text, { integersAsBigInt })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.split('\n')
    throw new PackagingError(`${subject} is no TOML: line ${error.line}, column ${error.column}: ${reason}`)
  }
}
