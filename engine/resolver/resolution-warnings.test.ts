import { describe, expect, it } from 'vitest'
import recording from '../../test/recorded/resolution-warnings.json'
import { memoryIndex } from '../../test/support/memory-index.ts'
import { oddChoices } from '../../test/support/odd-choices.ts'
import { linux, resolvingOf, rootOf } from '../../test/support/resolving.ts'
import { resolutionWarnings } from './resolution-warnings.ts'
import { resolve } from './resolve.ts'

const warnings = async (wheels: Parameters<typeof memoryIndex>[0], resolving: ReturnType<typeof resolvingOf>) => {
  const [resolution] = await resolve(memoryIndex(wheels), [linux], resolving)
  return resolutionWarnings(linux, resolution!, resolving)
}

describe('in the words of the real pip', () => {
  it('is recorded for every set', () => expect(recording.recorded.map(({ requirements }) => requirements)).toEqual(oddChoices.requirements))

  it.each(recording.recorded)('$requirements', async ({ requirements, warnings: expected }) => {
    for (const method of ['backtracking', 'legacy'] as const) {
      expect((await warnings(oddChoices.wheels, resolvingOf(requirements, { method }))).sort()).toEqual([...expected].sort())
    }
  })
})

it('says that a pre-release is taken for want of anything else, and only then', async () => {
  const wheels = [{ name: 'early', version: '1.0rc1' }, { name: 'asks', version: '1.0', requires: ['early'] }]
  const said = ['early 1.0rc1 is a pre-release that nobody asked for: no final version would do']
  expect(await warnings(wheels, resolvingOf(['early']))).toEqual(said)
  expect(await warnings(wheels, resolvingOf(['asks']))).toEqual(said)
  expect(await warnings(wheels, resolvingOf(['early>=1.0rc1']))).toEqual([])
  expect(await warnings(wheels, resolvingOf(['early', 'early>=1.0rc1; python_version < "3"']))).toEqual(said)
  const [resolution] = await resolve(memoryIndex(wheels), [linux], resolvingOf(['early']))
  const byUrl = rootOf('early @ https://index.test/early-1.0rc1-py3-none-any.whl')
  expect(resolutionWarnings(linux, resolution!, { ...resolvingOf(['early']), roots: [byUrl] })).toEqual([])
  expect(await warnings(wheels, resolvingOf(['asks'], { prereleases: true }))).toEqual([])
  expect(await warnings(wheels, resolvingOf([rootOf('asks'), rootOf('early>0')], { transitive: false }))).toEqual(said)
})
