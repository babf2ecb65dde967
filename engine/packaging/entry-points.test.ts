import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { parseEntryPoints, parseEntryPointValue } from './entry-points.ts'
import { PackagingError } from './packaging-error.ts'

const [files, values] = recordedPackaging('entry-points')

const orNull = <T>(read: () => T): T | null => {
  try {
    return read()
  } catch (error) {
    if (error instanceof PackagingError) return null
    throw error
  }
}

describe('entry points', () => {
  it('are read as importlib.metadata reads them; lines before a group are refused, as pex does', () => {
    const answerOf = (text: string) => orNull(() => parseEntryPoints(text).map(({ group, name, value }) => [group, name, value]))
    const wrong = files.filter(([text, points]) => JSON.stringify(answerOf(text)) !== JSON.stringify(points))
    expect(wrong.slice(0, 3).map(([text, points]) => ({ text, points, ours: answerOf(text) }))).toEqual([])
  })

  it('their values are taken apart as importlib.metadata does', () => {
    const answerOf = (value: string) => orNull(() => {
      const { module, attributes, extras } = parseEntryPointValue(value)
      return [module, attributes, extras]
    })
    const wrong = values.filter(([value, target]) => JSON.stringify(answerOf(value)) !== JSON.stringify(target))
    expect(wrong.slice(0, 3).map(([value, target]) => ({ value, target, ours: answerOf(value) }))).toEqual([])
  })

  it('a refusal names the line', () => {
    expect(() => parseEntryPoints('[console_scripts]\n\nrun\n')).toThrow("entry_points.txt line 3 is no 'name = module:object': 'run'")
    expect(() => parseEntryPoints('run = a:b\n')).toThrow("entry_points.txt line 1 stands before any [group]: 'run = a:b'")
  })
})
