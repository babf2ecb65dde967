import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memoryIndex } from '../../test/support/memory-index.ts'
import { linux, pinned, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import { isSolution, puzzleOf } from '../../test/support/solutions.ts'
import { randomUniverse } from '../../test/support/universe.ts'
import { formatVersion } from '../packaging/version.ts'
import { askedFrom, askedRequirement, ResolutionError } from './resolution-error.ts'
import { resolve } from './resolve.ts'
import type { Resolution, Resolving } from './resolution.ts'

/** What scripts/record-resolutions.ts recorded: pins, or pip's errors. `legacy` is null where pip's own answer changes from run to run. */
type Recorded = [seed: number, legacy: string[] | string | null, backtracking: string[] | string]

const file = new URL('../../test/recorded/resolutions.json', import.meta.url)
const { universes } = JSON.parse(readFileSync(file, 'utf8')) as { universes: Recorded[] }

const ours = async (seed: number, method: Resolving['method']): Promise<Resolution | ResolutionError> => {
  const universe = randomUniverse(seed)
  const constraints = universe.constraints.map(text => rootOf(text, '-c DIRECTORY/constraints.txt (line 1)'))
  try {
    return (await resolve(memoryIndex(universe.wheels), [linux], resolvingOf(universe.roots, { constraints, method })))[0]!
  } catch (error) {
    if (error instanceof ResolutionError) return error
    throw error
  }
}

/** The error in pip's words: what a resolution's reason must hold for a caller to say the same. */
const inPipsWords = ({ message, reason }: ResolutionError): string => {
  if (reason.kind !== 'no-candidate') return message
  const { ask, versions } = reason
  const from = askedFrom(ask)
  const asked = askedRequirement(ask) + (from === undefined ? '' : ` (from ${from})`)
  const listed = versions.map(formatVersion).join(', ') || 'none'
  const missing = `Could not find a version that satisfies the requirement ${asked} (from versions: ${listed})`
  return `${missing}\nNo matching distribution found for ${asked}`
}

describe('resolve, beside real pips', () => {
  it('as legacy answers and complains as the legacy resolver of pip 20.3.4 does', async () => {
    let compared = 0
    for (const [seed, theirs] of universes) {
      if (theirs === null) continue
      const own = await ours(seed, 'legacy')
      expect(own instanceof ResolutionError ? inPipsWords(own) : pinned(own).sort(), `seed ${seed}`).toEqual(theirs)
      compared++
    }
    expect(compared).toBeGreaterThan(300)
  })

  it('as backtracking finds a solution where pip does, and nearly always the same', async () => {
    const count = { same: 0, other: 0, neither: 0, missed: 0 }
    for (const [seed, , theirs] of universes) {
      const own = await ours(seed, 'backtracking')
      if (own instanceof ResolutionError) {
        expect(typeof theirs, `seed ${seed}: ${own.message}, and pip ${JSON.stringify(theirs)}`).toBe('string')
        count.neither++
      } else if (typeof theirs === 'string') {
        // pip looks at each extra of a project by itself, and misses a pre-release that only all of them together allow.
        const puzzle = puzzleOf(randomUniverse(seed))
        const chosen = new Map(own.distributions.map(({ name, file: { url } }) =>
          [name, puzzle.usable(name).find(each => each.file.url === url)!]))
        expect(isSolution(puzzle, chosen), `seed ${seed}: ${pinned(own).join(' ')}, and pip ${theirs}`).toBe(true)
        count.missed++
      } else if (JSON.stringify(pinned(own).sort()) === JSON.stringify(theirs)) count.same++
      else count.other++
    }
    expect(count.missed, JSON.stringify(count)).toBeLessThan(3)
    expect(count.same / (count.same + count.other), JSON.stringify(count)).toBeGreaterThan(0.95)
  })
})
