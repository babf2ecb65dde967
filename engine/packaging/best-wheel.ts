import type { Tag } from './tags.ts'
import { compareBuildTags, type WheelName } from './wheel-name.ts'

/**
 * The place of a wheel's best tag in a target's ranks (see `rankTags`), 0 for the best, or undefined where the target
 * takes none of its tags.
 */
export const wheelRank = (wheel: Pick<WheelName, 'tags'>, ranks: ReadonlyMap<Tag, number>): number | undefined => {
  let best: number | undefined
  for (const tag of wheel.tags) {
    const rank = ranks.get(tag)
    if (rank !== undefined && (best === undefined || rank < best)) best = rank
  }
  return best
}

/**
 * Of several wheels of one version the one that pip takes for a target: the one with the best tag, of those the one with
 * the highest build tag, of those the first.
 * Undefined where the target takes none.
 */
export const bestWheel = <Wheel extends Pick<WheelName, 'tags' | 'build'>>(
  wheels: readonly Wheel[],
  ranks: ReadonlyMap<Tag, number>,
): Wheel | undefined => {
  let best: Wheel | undefined
  let bestRank = Infinity
  for (const wheel of wheels) {
    const rank = wheelRank(wheel, ranks)
    if (rank === undefined || rank > bestRank) continue
    if (rank === bestRank && compareBuildTags(wheel.build, best?.build) <= 0) continue
    best = wheel
    bestRank = rank
  }
  return best
}
