import { pythonRepr } from '../packaging/python-text.ts'
import { PexError } from '../pex/pex-error.ts'
import { FileProblem } from './file-problem.ts'
import { joinPath } from './paths.ts'
import type { PexFiles, Variables } from './pex-home.ts'

/** What a PEX_ variable says that is true or false; undefined where it says nothing. Throws PexError in pex's words. */
export const switchVariable = (name: string, { [name]: value }: Variables): boolean | undefined => {
  if (value === undefined) return undefined
  if (/^(?:0|false)$/i.test(value)) return false
  if (/^(?:1|true)$/i.test(value)) return true
  throw new PexError(`Invalid bool value for ${name}, must be 0/1/false/true, got ${pythonRepr(value)}`)
}

const readLines = async (path: string, files: PexFiles): Promise<string[]> => {
  try {
    return new TextDecoder().decode(await files.read(path)).split('\n')
  } catch (error) {
    if (error instanceof FileProblem) return []
    throw error
  }
}

/**
 * The variables with those that pexrc files add: `/etc/pexrc`, `~/.pexrc` and the file of `--rcfile`, lines of `NAME=VALUE`; a file that cannot
 * be read says nothing. Source: pex/variables.py, which looks beside the program too. Throws PexError.
 */
export const pexrcVariables = async (given: Variables, rcFile: string | undefined, files: PexFiles): Promise<Variables> => {
  if (switchVariable('PEX_DISABLE_VARIABLES', given)) {
    return Object.fromEntries(Object.entries(given).filter(([name]) => name === 'PEX_DISABLE_VARIABLES' || !name.startsWith('PEX_')))
  }
  if (switchVariable('PEX_IGNORE_RCFILES', given)) return given
  const home = given.HOME
  const paths = ['/etc/pexrc', ...home === undefined ? [] : [joinPath(home, '.pexrc')]]
  if (rcFile) paths.push(home !== undefined && rcFile.startsWith('~/') ? joinPath(home, rcFile.slice(2)) : rcFile)
  const found: [string, string][] = []
  for (const path of paths) {
    for (const line of await readLines(path, files)) {
      const [name, value, more] = line.trim().split('=')
      if (name && value && more === undefined) found.push([name, value])
    }
  }
  return { ...Object.fromEntries(found), ...given }
}
