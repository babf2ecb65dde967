import type { Described } from './memory-index.ts'
import { createRandom } from './random-operations.ts'
import type { Universe } from './universe.ts'

/**
 * Many projects in a long chain whose newest versions cannot be had: each version asks for the next project's near its own and for a few
 * further on, and the last project is held down. What the first choice costs shows only at the end.
 */
export const deepUniverse = (projects: number, { seed = 1, versions = 10, held = 3 } = {}): Universe => {
  const below = createRandom(seed)
  const name = (at: number): string => `p${String(at).padStart(3, '0')}`
  const wheels: Described[] = []
  for (let at = 0; at < projects; at++) {
    for (let version = 1; version <= versions; version++) {
      const requires = at + 1 < projects ? [`${name(at + 1)}>=${version - below(2)},<${version + 1}`] : []
      for (let count = below(3); count > 0; count--) {
        const other = at + 2 + below(12)
        if (other < projects) requires.push(`${name(other)}<${version + 2 + below(2)}`)
      }
      wheels.push({ name: name(at), version: `${version}.0`, requires })
    }
  }
  return { wheels, roots: [name(0), `${name(projects - 1)}<=${held}`], constraints: [] }
}
