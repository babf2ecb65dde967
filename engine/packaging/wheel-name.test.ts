import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { bestWheel, wheelRank } from './best-wheel.ts'
import { PackagingError } from './packaging-error.ts'
import { parseTags, rankTags } from './tags.ts'
import { formatVersion } from './version.ts'
import { parseWheelName } from './wheel-name.ts'

const answerOf = (name: string): unknown[] => {
  try {
    const wheel = parseWheelName(name)
    const build = wheel.build ? [String(wheel.build.number), wheel.build.suffix] : []
    return [name, wheel.name, formatVersion(wheel.version), build, [...wheel.tags].sort().join('|')]
  } catch (error) {
    if (error instanceof PackagingError) return [name, error.message]
    throw error
  }
}

/** The tags of the record are in Python's order; the words of both are put in one. */
const sorted = (tags: string) => tags.split('|').sort().join('|')

describe('names of wheels', () => {
  it('are read and refused as packaging does', () => {
    const names = recordedPackaging('wheel-names')
    const wrong = names.filter(recorded => {
      const expected = recorded.length === 2 ? recorded : [...recorded.slice(0, 4), sorted(recorded[4])]
      return JSON.stringify(answerOf(recorded[0])) !== JSON.stringify(expected)
    })
    expect(wrong.slice(0, 3).map(recorded => ({ recorded, ours: answerOf(recorded[0]) }))).toEqual([])
    expect(names.filter(recorded => recorded.length === 5).length).toBeGreaterThan(5000)
  })
})

describe('the best wheel', () => {
  const ranks = rankTags(['cp312-cp312-manylinux_2_17_x86_64', 'cp312-abi3-manylinux_2_17_x86_64', 'py3-none-any', 'py3-none-any'])
  const best = (...names: string[]) => {
    const wheels = names.map(name => ({ file: name, ...parseWheelName(name) }))
    return bestWheel(wheels, ranks)?.file
  }

  it('has the lowest rank of its tags, whatever the order', () => {
    const own = 'a-1-cp312-abi3.cp312-manylinux_2_17_x86_64.whl'
    expect(best('a-1-py3-none-any.whl', 'a-1-cp312-abi3-manylinux_2_17_x86_64.whl', own)).toBe(own)
    expect(wheelRank({ tags: parseTags('py3-none-any') }, ranks)).toBe(2)
  })

  it('has the highest build tag among equals, compared as a number first', () => {
    const builds = ['9-', '10-', '10a-', ''].map(build => `a-1-${build}py3-none-any.whl`)
    expect(best(...builds)).toBe('a-1-10a-py3-none-any.whl')
    expect(best('a-1-py2.py3-none-any.whl', 'a-1-py3-none-any.whl')).toBe('a-1-py2.py3-none-any.whl')
  })

  it('is none where the target takes none', () => {
    expect(best('a-1-cp312-cp312-win_amd64.whl', 'a-1-py2-none-any.whl')).toBeUndefined()
  })
})
