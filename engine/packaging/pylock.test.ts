import { isDeepStrictEqual } from 'node:util'
import { TomlDate } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { formatPylock, pylockTable } from './format-pylock.ts'
import { PackagingError } from './packaging-error.ts'
import { parsePylock } from './parse-pylock.ts'
import { isPylockName } from './pylock.ts'

/** As the recording script writes what is not JSON. */
const plain = (value: unknown): unknown => {
  if (value instanceof TomlDate && value.isDateTime() && !value.isLocal()) return `at ${value.getTime()}`
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000$/, '')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'bigint') return `int ${value}`
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

const answerOf = (text: string): unknown => {
  try {
    return plain(pylockTable(parsePylock(text)))
  } catch (error) {
    if (error instanceof PackagingError) return error.message
    throw error
  }
}

const locks = recordedPackaging('locks')
const read = locks.filter(([, answer]) => typeof answer !== 'string')

describe('lock files', () => {
  it('are read, checked and refused as packaging does', () => {
    const wrong = locks.filter(([text, answer]) => !isDeepStrictEqual(answerOf(text), answer))
    expect(wrong.slice(0, 3).map(([text, answer]) => ({ text, answer, ours: answerOf(text) }))).toEqual([])
    expect(read.length).toBeGreaterThan(300)
    expect(locks.length - read.length).toBeGreaterThan(300)
  })

  it('come back from the text that is written', () => {
    const again = (text: string) => answerOf(formatPylock(parsePylock(text)))
    // Some of them: writing and reading again takes as long as all the rest of this file.
    const wrong = read.filter((_, i) => i % 8 === 0).filter(([text, answer]) => !isDeepStrictEqual(again(text), answer))
    expect(wrong.slice(0, 3)).toEqual([])
  })

  it('that are no TOML are refused with the line', () => {
    expect(() => parsePylock('lock-version = "1.0"\ncreated-by =\n')).toThrow('The lock file is no TOML: line 2, column')
  })

  it('are called pylock.toml or pylock.NAME.toml', () => {
    expect(['pylock.toml', 'pylock.dev.toml'].map(isPylockName)).toEqual([true, true])
    expect(['pylock..toml', 'pylock.a.b.toml', 'lock.toml', 'xpylock.toml'].filter(isPylockName)).toEqual([])
  })
})
