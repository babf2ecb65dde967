import type { Reinstallable } from '../install/reinstall.ts'
import { parseCoreMetadata } from '../packaging/core-metadata.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { strip } from '../packaging/python-text.ts'
import { parseRequirement, type Requirement } from '../packaging/requirement.ts'
import { PexError } from '../pex/pex-error.ts'
import { diskFile } from './collect-sources.ts'
import type { Venv } from './open-venvs.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath, joinPath } from './paths.ts'
import type { PexFiles } from './pex-home.ts'

/** A distribution of an environment. */
export interface VenvDistribution extends Reinstallable {
  readonly requires: readonly Requirement[]
}

export interface VenvDistributions {
  /** Undefined where the project is not installed. */
  find(project: string): Promise<VenvDistribution | undefined>
  all(): Promise<VenvDistribution[]>
}

const isEditable = (directUrl: string): boolean => {
  try {
    return (JSON.parse(directUrl) as { dir_info?: { editable?: unknown } } | null)?.dir_info?.editable === true
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return false
  }
}

const readDistribution = async (prefix: string, venv: Venv, options: Arguments, files: PexFiles): Promise<VenvDistribution> => {
  const at = (path: string) => absolutePath(path, venv.sitePackages)
  const file = async (path: string) => await files.kind(at(path)) === 'file' ? diskFile(at(path), options, files) : undefined
  const read = async (name: string) => (await file(`${prefix}.dist-info/${name}`))?.read()
  const { text, lists } = parseCoreMetadata(await read('METADATA') ?? new Uint8Array())
  const [project, version] = [text.get('Name'), text.get('Version')]
  if (!project || !version) throw new PexError(`${prefix}.dist-info at ${venv.path} has no METADATA with a name and a version`)
  if (isEditable(new TextDecoder().decode(await read('direct_url.json') ?? new Uint8Array()))) {
    throw new PexError(`${project} at ${venv.path} is installed as editable, which a PEX cannot hold: build it with \`pip wheel\` and install the wheel there`)
  }
  const places = [
    ['root', venv.sitePackages], ['headers', joinPath(venv.prefix, 'include/site', `python${venv.python.target.markers.python_version}`, project)],
    ['scripts', joinPath(venv.prefix, 'bin')], ['data', venv.prefix],
  ] as const
  return {
    prefix, project, version, file,
    tag: venv.python.target.tags[0]!,
    requires: (lists.get('Requires-Dist') ?? []).map(each => parseRequirement(strip(each))),
    place: path => {
      const absolute = at(path)
      const found = places.find(([, place]) => absolute.startsWith(`${place}/`))
      return found && { scheme: found[0], inside: absolute.slice(found[1].length + 1) }
    },
  }
}

/** What is installed in an environment. Throws PexError for what was not installed from a wheel, as soon as it is asked for. */
export const venvDistributions = async (venv: Venv, options: Arguments, files: PexFiles): Promise<VenvDistributions> => {
  const names = (await files.list(venv.sitePackages)).map(({ name }) => name)
  const projects = new Map<string, () => Promise<VenvDistribution>>()
  for (const name of names) {
    const [, prefix = '', project = ''] = /^(([^-]+)-[^-]+)\.dist-info$/.exec(name) ?? []
    if (prefix !== '') projects.set(normalizeName(project), () => readDistribution(prefix, venv, options, files))
  }
  for (const name of names) {
    const [, project = ''] = /^([^-]+)(?:-.*)?\.egg-info$/.exec(name) ?? []
    if (project === '' || projects.has(normalizeName(project))) continue
    projects.set(normalizeName(project), () => Promise.reject(
      new PexError(`${project} at ${venv.path} was not installed from a wheel: build it with \`pip wheel\` and install the wheel there`)))
  }
  return { find: async project => projects.get(normalizeName(project))?.(), all: () => Promise.all([...projects.values()].map(read => read())) }
}
