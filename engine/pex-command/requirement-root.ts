import { fileNameOf, fileUrl } from '../index/direct-file.ts'
import { PackagingError } from '../packaging/packaging-error.ts'
import { parseMarker } from '../packaging/marker.ts'
import { parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { parseSpecifierSet } from '../packaging/specifier-set.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { PexError } from '../pex/pex-error.ts'
import { absolutePath } from './paths.ts'
import type { PexFiles } from './pex-home.ts'

/** Where a requirement stands: what messages say before it, and the directory that its paths are seen from. */
export interface Place {
  /** `<string> line 1`, `/home/me/requirements.txt line 3`. */
  readonly at: string
  /** Its line, or lines, as they are quoted: with comments and ends. */
  readonly written: string
  readonly directory: string
}

const buildItFirst = (what: string, kind: string) =>
  new PexError(`${what} is ${kind}, which needs a build back end to become a wheel: build it with \`pip wheel ${what}\` and give the wheel`)

const versionControl = /^(?:git|hg|svn|bzr)\+/

/** Throws PexError for an address of what has to be built. */
export const refuseUnbuilt = (what: string, url: string): void => {
  if (versionControl.test(url)) throw buildItFirst(what, 'a version control address')
  if (/\.(?:tar\.[a-z0-9]+|tgz|zip)$/.test(fileNameOf(url))) throw buildItFirst(what, 'a source distribution')
}

/** `path[extra1,extra2]; marker`, as pip takes them. */
const localForm = /^([^;[]+?)\s*(?:\[([^\]]*)\])?\s*(?:;\s*([^]*))?$/

const wheelRequirement = (url: string, extras = '', marker = ''): Requirement => {
  const fileName = fileNameOf(url)
  return {
    name: parseWheelName(fileName) && fileName.split('-')[0]!,
    extras: extras.split(',').map(extra => extra.trim()).filter(extra => extra !== ''),
    specifier: parseSpecifierSet(''),
    url,
    marker: marker === '' ? undefined : parseMarker(marker),
  }
}

const localRequirement = async (text: string, place: Place, files: PexFiles): Promise<Requirement | undefined> => {
  const [, path = '', extras, marker] = localForm.exec(text) ?? []
  const where = absolutePath(path, place.directory)
  const kind = path === '' ? undefined : await files.kind(where)
  if (kind === 'directory') {
    for (const name of ['pyproject.toml', 'setup.py']) if (await files.kind(`${where}/${name}`)) throw buildItFirst(path, 'a project')
  }
  if (kind !== 'file' || !/\.(?:whl|zip|tar\.[a-z0-9]+|tgz)$/.test(where)) return undefined
  const url = fileUrl(await files.realPath(where))
  refuseUnbuilt(path, url)
  return wheelRequirement(url, extras, marker)
}

/**
 * A requirement as the command line and requirements files take it: a dependency specifier (PEP 508), a wheel's path or URL. Throws
 * PexError for what would have to be built, and in pex's words for what is no requirement.
 */
export const readRequirement = async (text: string, place: Place, files: PexFiles): Promise<Requirement> => {
  if (versionControl.test(text)) throw buildItFirst(text, 'a version control address')
  try {
    if (/^(?:https?|file):/.test(text)) {
      refuseUnbuilt(text, text)
      const [, url = '', extras, marker] = localForm.exec(text) ?? []
      return wheelRequirement(url, extras, marker)
    }
    const local = await localRequirement(text, place, files)
    if (local) return local
    const requirement = parseRequirement(text)
    if (requirement.url !== undefined) refuseUnbuilt(text, requirement.url)
    return requirement
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    throw new PexError(`${place.at}:\n${place.written}\nProblem parsing '${text}' as a requirement: ${error.message}`)
  }
}
