import { formatVersion } from '../packaging/version.ts'
import { hasChoice, type ChoiceSet } from './choice-set.ts'
import type { Package } from './package.ts'

/** More stretches of versions than this are counted, not named. */
const most = 3

/**
 * A package's chosen versions as a reader would ask for them, seen among those that there are: `cc`, `cc==1.0`, `cc>=2.0`, `cc>=1.0,<=1.5`,
 * several with "or" between them.
 */
export const shownChoices = ({ key, candidates }: Package, set: ChoiceSet): string => {
  const version = (at: number): string => formatVersion(candidates[at]!.version)
  const stretches: string[] = []
  let count = 0
  for (let from = 0; from < candidates.length; from++) {
    if (!hasChoice(set, from)) continue
    let to = from
    while (to + 1 < candidates.length && hasChoice(set, to + 1)) to++
    count += to - from + 1
    if (from === to) stretches.push(`==${version(from)}`)
    else if (from === 0 && to === candidates.length - 1) stretches.push('')
    else if (from === 0) stretches.push(`<=${version(to)}`)
    else if (to === candidates.length - 1) stretches.push(`>=${version(from)}`)
    else stretches.push(`>=${version(from)},<=${version(to)}`)
    from = to
  }
  return stretches.length > most ? `${key} (${count} of ${candidates.length} versions)` : `${key}${stretches.join(' or ')}`
}
