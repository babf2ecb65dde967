import { normalizeName } from '../packaging/project-name.ts'
import type { Requirement } from '../packaging/requirement.ts'
import { namesPrerelease } from '../packaging/specifier.ts'
import type { Target } from '../packaging/target.ts'
import { formatVersion, isPrerelease } from '../packaging/version.ts'
import { shownUrl } from '../index/shown-url.ts'
import { appliesTo, dependenciesOf, type DependencyRules } from './dependencies.ts'
import type { Resolution, Resolved, Resolving } from './resolution.ts'

/** As pip shows a link. */
const shownLink = ({ url, listedBy, requiresPython }: Resolved['file']): string =>
  `${shownUrl(url)} (from ${listedBy})${requiresPython === undefined ? '' : ` (requires-python:${requiresPython})`}`

const aboutYanked = ({ name, version, file }: Resolved): string[] => file.yanked === undefined ? [] : [
  `The candidate selected for download or install is a yanked version: '${normalizeName(name)}' candidate (version ${formatVersion(version)} `
  + `at ${shownLink(file)})\nReason for being yanked: ${file.yanked || '<none given>'}`,
]

const aboutExtras = ({ name, version, metadata }: Resolved, asking: readonly Requirement[]): string[] => {
  const provided = new Set((metadata.lists.get('Provides-Extra') ?? []).map(normalizeName))
  const missing = new Set(asking.flatMap(({ extras }) => extras).map(normalizeName).filter(extra => !provided.has(extra)))
  return [...missing].map(extra => `${normalizeName(name)} ${formatVersion(version)} does not provide the extra '${extra}'`)
}

/** pip takes these without a word. */
const aboutPrerelease = ({ name, version }: Resolved, asking: readonly Requirement[], prereleases: boolean): string[] =>
  !isPrerelease(version) || prereleases || asking.some(({ url, specifier }) => url !== undefined || specifier.specifiers.some(namesPrerelease))
    ? []
    : [`${normalizeName(name)} ${formatVersion(version)} is a pre-release that nobody asked for: no final version would do`]

/** What is odd about one target's resolution, yet did not stop it, in pip's words where pip has some: yanked files, extras that do not exist, pre-releases. */
export const resolutionWarnings = (
  target: Target, { distributions }: Resolution, { roots, prereleases, ...rules }: DependencyRules & Pick<Resolving, 'roots' | 'prereleases'>,
): string[] => {
  const requirements = [
    ...roots.map(({ requirement }) => requirement).filter(requirement => appliesTo(requirement, target)),
    ...distributions.flatMap(({ metadata, extras }) => dependenciesOf(metadata, target, rules, extras)),
  ]
  return distributions.flatMap(resolved => {
    const asking = requirements.filter(({ name }) => normalizeName(name) === normalizeName(resolved.name))
    return [...aboutYanked(resolved), ...aboutExtras(resolved, asking), ...aboutPrerelease(resolved, asking, prereleases)]
  })
}
