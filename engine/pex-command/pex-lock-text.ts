import { pythonJson, type Json } from '../install/python-json.ts'
import type { PackageIndex } from '../index/package-index.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatRequirement, parseRequirement } from '../packaging/requirement.ts'
import { formatSpecifierSet, parseSpecifierSet } from '../packaging/specifier-set.ts'
import { compareVersions, formatVersion } from '../packaging/version.ts'
import type { Resolution, Resolved } from '../resolver/resolution.ts'
import { startingPython } from './choose-targets.ts'
import { hashOfFile } from './hash-of-file.ts'
import type { Arguments } from './parse-arguments.ts'
import { readPathMappings, withoutPaths, type PathMapping } from './path-mappings.ts'
import type { PexHome } from './pex-home.ts'
import type { Request } from './request.ts'
import { isExcluded, requirementText, resolverVersion } from './resolve-distributions.ts'
import { versionOfWheel } from './version-of-wheel.ts'

/** The pip that real pex would run on a Python. Source: pex/pip/version.py, PipVersion.DEFAULT. */
const pipVersion = ([, minor = 0]: readonly number[]): string =>
  (minor < 12 ? '20.3.4-patched' : minor < 13 ? '23.2' : minor < 15 ? '24.1' : '26.1')

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareCodePoints)

const withoutCredentials = (url: string): string => {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}

const lockedRequirement = async ({ name, version, metadata, file }: Resolved, index: PackageIndex, mappings: readonly PathMapping[], home: PexHome): Promise<Json> => {
  const hidden = (text: string) => withoutPaths(text, mappings)
  const python = metadata.text.get('Requires-Python')
  return {
    project_name: normalizeName(name),
    version: metadata.text.get('Version') ?? formatVersion(version),
    requires_dists: sorted((metadata.lists.get('Requires-Dist') ?? []).map(text => formatRequirement(parseRequirement(text)))).map(hidden),
    requires_python: python === undefined ? null : formatSpecifierSet(parseSpecifierSet(python)),
    artifacts: [{ algorithm: 'sha256', hash: await hashOfFile(file, index, home), url: hidden(withoutCredentials(file.url)) }],
  }
}

const byProject = (left: Resolved, right: Resolved): number =>
  compareCodePoints(normalizeName(left.name), normalizeName(right.name)) || compareVersions(left.version, right.version)

const writtenRequirements = ({ asked }: Request, resolutions: readonly Resolution[]): string[] => asked.roots.map(root => {
  const found = resolutions.flatMap(({ distributions }) => distributions).find(({ roots }) => roots.includes(root))
  return found ? requirementText(root.requirement, found) : formatRequirement(root.requirement)
})

/** The lock file of `pex3 lock create`, as real pex writes and reads it. Source: pex/resolve/lockfile/json_codec.py. Throws IndexError. */
export const pexLockText = async (
  options: Arguments, request: Request, { index, resolutions }: { index: PackageIndex; resolutions: readonly Resolution[] }, home: PexHome,
): Promise<string> => {
  const { asked, changes, chosen } = request
  const mappings = readPathMappings(options)
  const isOn = (name: string, fallback = false) => options.isOn(name, fallback)
  const resolves: { platform_tag: string[]; [key: string]: Json }[] = []
  for (const [at, { distributions }] of resolutions.entries()) {
    const chosenOnes = distributions.filter(each => !isExcluded(each, changes)).sort(byProject)
    resolves.push({
      platform_tag: (chosen.targets[at]?.tags[0] ?? '').split('-'),
      marker: null,
      locked_requirements: await Promise.all(chosenOnes.map(each => lockedRequirement(each, index, mappings, home))),
    })
  }
  const lock: Json = {
    pex_version: await versionOfWheel(home),
    style: 'strict',
    requires_python: [],
    target_systems: [],
    elide_unused_requires_dist: false,
    pip_version: pipVersion(startingPython(chosen).version),
    resolver_version: resolverVersion(options),
    requirements: sorted(writtenRequirements(request, resolutions)).map(text => withoutPaths(text, mappings)),
    constraints: sorted(asked.constraints.map(({ requirement }) => formatRequirement(requirement))),
    allow_prereleases: isOn('allow_prereleases'),
    allow_wheels: isOn('allow_wheels', true),
    only_wheels: sorted(options.values('only_wheels').map(normalizeName)),
    allow_builds: isOn('allow_builds', true),
    only_builds: [],
    prefer_older_binary: isOn('prefer_older_binary'),
    use_pep517: options.has('use_pep517') ? isOn('use_pep517') : null,
    build_isolation: isOn('build_isolation', true),
    use_system_time: false,
    transitive: isOn('transitive', true),
    excluded: sorted(changes.excluded),
    overridden: sorted(changes.overridden),
    locked_resolves: resolves.sort((left, right) => compareCodePoints(left.platform_tag.join('\0'), right.platform_tag.join('\0'))),
    path_mappings: Object.fromEntries(mappings.map(({ name, description }) => [name, description ?? null])),
  }
  const indent = options.value('indent')
  return `${pythonJson(lock, { spacing: 'default', ...indent === undefined ? {} : { indent: Number(indent) } })}\n`
}
