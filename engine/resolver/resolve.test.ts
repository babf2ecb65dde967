import { describe, expect, it } from 'vitest'
import { memoryIndex, type Described } from '../../test/support/memory-index.ts'
import { linux, pinned, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import { resolve } from './resolve.ts'
import type { Resolving } from './resolution.ts'

const answer = async (wheels: readonly Described[], roots: readonly string[], changed: Partial<Resolving> = {}): Promise<string[]> => {
  const [resolution] = await resolve(memoryIndex(wheels), [linux], resolvingOf(roots, changed))
  return pinned(resolution!)
}

const conflict: Described[] = [
  { name: 'aa', version: '1.0', requires: ['cc<2'] },
  { name: 'aa', version: '2.0', requires: ['cc>=2'] },
  { name: 'bb', version: '1.0', requires: ['cc<2'] },
  { name: 'cc', version: '1.0' },
  { name: 'cc', version: '2.0' },
]

describe('resolve', () => {
  it('takes the newest', async () => {
    expect(await answer(conflict, ['aa'])).toEqual(['aa==2.0', 'cc==2.0'])
  })

  it('goes back where the newest does not fit', async () => {
    expect(await answer(conflict, ['aa', 'bb'])).toEqual(['aa==1.0', 'bb==1.0', 'cc==1.0'])
  })

  it('holds to constraints', async () => {
    expect(await answer(conflict, ['aa'], { constraints: [rootOf('cc<2')] })).toEqual(['aa==1.0', 'cc==1.0'])
  })
})
