import { ZipError } from '../archive/zip-error.ts'
import { IndexError } from '../index/index-error.ts'
import { InstallError } from '../install/install-error.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { formatRequirement } from '../packaging/requirement.ts'
import { formatVersion } from '../packaging/version.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Root } from '../resolver/resolution.ts'
import { askedFrom, askedRequirement, ResolutionError, type Ask } from '../resolver/resolution-error.ts'
import { FileProblem } from './file-problem.ts'

const rootText = ({ requirement, from }: Root) => `${formatRequirement(requirement)}${from === undefined ? '' : ` (from ${from})`}`

/** A requirement and the way to it, as pip names them: `idna<4 (from requests->-r r.txt (line 1))`. */
const askText = (ask: Ask): string => {
  const from = askedFrom(ask)
  return `${askedRequirement(ask)}${from === undefined ? '' : ` (from ${from})`}`
}

/** The lines with which pip begins, where it has some. */
const pipLines = ({ reason }: ResolutionError): string[] => {
  switch (reason.kind) {
    case 'no-candidate': {
      const asked = askText(reason.ask)
      const versions = reason.versions.map(formatVersion).join(', ') || 'none'
      return [
        `Could not find a version that satisfies the requirement ${asked} (from versions: ${versions})`,
        `No matching distribution found for ${asked}`,
      ]
    }
    case 'unpinned':
      return [
        'In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:',
        ...reason.asks.map(ask => `    ${askText(ask)}`),
      ]
    case 'unhashed':
      return [
        'Hashes are required in --require-hashes mode, but they are missing from some requirements:',
        ...reason.asks.map(ask => `    ${askText(ask)}`),
      ]
    case 'double':
      return [`Double requirement given: ${rootText(reason.root)} (already in ${rootText(reason.already)}, name='${reason.already.requirement.name}')`]
    case 'requires-python':
      return [`Package '${reason.name}' requires a different Python: ${reason.python} not in '${reason.requires}'`]
    case 'conflict':
    case 'lock':
    case 'overrides':
    case 'refused':
      return []
  }
}

const resolutionText = (error: ResolutionError): string => {
  const pip = pipLines(error).map(line => (line.startsWith(' ') ? `pip: ${line}` : `pip: ERROR: ${line}`))
  return [...pip, error.message].join('\n')
}

/** What is said of an error that a person can do something about; undefined for one that is the program's own. */
export const describeError = (error: unknown): string | undefined => {
  if (error instanceof ResolutionError) return resolutionText(error)
  if (error instanceof IndexError) return `pip: ERROR: ${error.message}`
  if (error instanceof ZipError) return `Not a sound zip file: ${error.message}`
  if (error instanceof PexError || error instanceof PackagingError || error instanceof InstallError || error instanceof FileProblem) return error.message
  return undefined
}
