import { wheelRank } from '../packaging/best-wheel.ts'
import { rankTags, type Tag } from '../packaging/tags.ts'
import type { Target } from '../packaging/target.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'

const joined = (parts: ReadonlySet<string>) => [...parts].sort(compareCodePoints).join('.')

const partsOf = (tag: Tag): [interpreter: string, abi: string, platform: string] => {
  const [interpreter = '', abi = '', ...platform] = tag.split('-')
  return [interpreter, abi, platform.join('-')]
}

/** What `{platform}` in a PEX's name stands for: of each target's best wheel the interpreters, the ABI, the plainest platform. Source: pex/bin/pex.py, calculate_pex_tag. */
export const pexTag = (targets: readonly Target[], wheels: readonly string[]): string => {
  const [interpreters, abis, platforms] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { tags } of targets) {
    const ranks = rankTags(tags)
    const ranked = wheels.map(parseWheelName).flatMap(wheel => {
      const rank = wheelRank(wheel, ranks)
      return rank === undefined ? [] : [{ rank, tags: wheel.tags }]
    }).sort((a, b) => a.rank - b.rank)
    const best = ranked[0]
    if (!best) continue
    const plainest = [...best.tags].sort((a, b) => (ranks.get(a) ?? tags.length) - (ranks.get(b) ?? tags.length)).at(-1)
    for (const tag of best.tags) interpreters.add(partsOf(tag)[0])
    abis.add(partsOf(tags[best.rank]!)[1])
    if (plainest) platforms.add(partsOf(plainest)[2])
  }
  return [interpreters, abis, platforms].map(joined).join('-')
}
