import { wheelRank } from '../packaging/best-wheel.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { containsVersion, parseSpecifierSet } from '../packaging/specifier-set.ts'
import { rankTags, type Tag } from '../packaging/tags.ts'
import type { Target } from '../packaging/target.ts'
import { compareVersions, readVersion } from '../packaging/version.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { readDistributionMetadata, type DistributionMetadata } from './distribution-metadata.ts'
import type { OpenPex } from './read-pex.ts'

/** A distribution of a PEX, and what keeps a target from using it. */
export interface Usability extends DistributionMetadata {
  fileName: string
  /** Undefined: it can be used. Otherwise what it needs, such as `needs platform win_amd64`. */
  hindrance: string | undefined
}

const parts = ['Python', 'ABI', 'platform'] as const

/** Which parts of a wheel's tags no tag of the target has; where each of them has some, the tags as a whole. */
const missingParts = (wheelTags: readonly Tag[], targetTags: readonly Tag[]): string => {
  const partsOf = (tags: readonly Tag[], index: number) => new Set(tags.map((tag) => tag.split('-')[index]!))
  const missing = parts.flatMap((part, index) => {
    const taken = partsOf(targetTags, index)
    const needed = [...partsOf(wheelTags, index)]
    return needed.some((each) => taken.has(each)) ? [] : [`${part} ${needed.join(' or ')}`]
  })
  return `needs ${missing.length ? missing.join(' and ') : wheelTags.join(' or ')}`
}

/** Its own rules come first in a PEX: a distribution that is no wheel is taken everywhere. Source: pex/environment.py, _can_add. */
const highestRank = -1

/** For each project, by its normalised name, its distributions: those that the target can use first, of these the best first. */
export const usableDistributions = async (pex: OpenPex, { tags, markers }: Target): Promise<Map<string, Usability[]>> => {
  const ranks = rankTags(tags)
  const python = markers.python_full_version ?? markers.python_version
  const found: { rank: number; usability: Usability }[] = []
  for (const [fileName, part] of pex.distributions) {
    const metadata = await readDistributionMetadata(fileName, part)
    const wheelTags = fileName.endsWith('.whl') ? parseWheelName(fileName).tags : undefined
    const rank = wheelTags ? wheelRank({ tags: wheelTags }, ranks) : highestRank
    const { requiresPython } = metadata
    const refuses = requiresPython !== undefined && (python === undefined || !containsVersion(parseSpecifierSet(requiresPython), python))
    const hindrance = rank === undefined ? missingParts(wheelTags!, tags) : refuses ? `needs Python ${requiresPython}` : undefined
    found.push({ rank: rank ?? Infinity, usability: { ...metadata, fileName, hindrance } })
  }
  const newer = (a: Usability, b: Usability) => {
    const [left, right] = [readVersion(a.version), readVersion(b.version)]
    return left && right ? compareVersions(right, left) : 0
  }
  const unusable = ({ hindrance }: Usability) => Number(hindrance !== undefined)
  found.sort((a, b) => unusable(a.usability) - unusable(b.usability) || a.rank - b.rank || newer(a.usability, b.usability))
  const byProject = new Map<string, Usability[]>()
  for (const { usability } of found) {
    const name = normalizeName(usability.project)
    byProject.set(name, [...(byProject.get(name) ?? []), usability])
  }
  return byProject
}
