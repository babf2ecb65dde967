/** Text made to break or to stall the readers: they answer, or refuse it with an error of their own, in time. */
import { expect, test } from 'vitest'
import { evaluateMarker } from './evaluate-marker.ts'
import { formatMarker, parseMarker } from './marker.ts'
import { PackagingError } from './packaging-error.ts'
import { formatRequirement, parseRequirement } from './requirement.ts'
import { readRequirementsFile } from './requirements-file.ts'
import { containsVersion, formatSpecifierSet, intersectSpecifierSets, parseSpecifierSet } from './specifier-set.ts'
import { compareVersions, formatVersion, parseVersion, readVersion } from './version.ts'

const refused = (read: () => unknown): string => {
  try {
    read()
    return ''
  } catch (error) {
    if (error instanceof PackagingError) return error.message
    throw error
  }
}

/** A generator of numbers below `n` with a fixed start (a linear congruence: Numerical Recipes). */
const numbers = (seed: number) => (n: number): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor(seed / 2 ** 32 * n)
}

const pieces = [
  'a', '1', '.', '-', '_', '+', '!', '*', '<', '>', '=', '~', ',', ';', '(', ')', '[', ']', '@', ' ', '\t', '\n', "'", '"', '\\', '#',
  '${', '}', '\0', 'é', '\ud800', '😀', '==', '>=', '.*', ' and ', ' or ', ' in ', ' not ', 'os_name', 'python_version', 'extra',
  'post', 'dev', 'rc', '--hash=', '-r ', '--',
]

test('no text makes a reader fail otherwise than by its own error', async () => {
  const random = numbers(508)
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: random(14) }, () => pieces[random(pieces.length)] ?? '').join('')
    for (const read of [
      () => formatVersion(parseVersion(text)),
      () => formatSpecifierSet(parseSpecifierSet(text)),
      () => evaluateMarker(parseMarker(text), { os_name: 'posix', python_version: '3.14' }),
      () => formatMarker(parseMarker(text)),
      () => formatRequirement(parseRequirement(text)),
    ]) refused(read)
    if (i % 10 === 0) {
      const bytes = new TextEncoder().encode(text)
      const source = { read: async () => bytes, exists: async () => false, directory: '/', environment: {} }
      await readRequirementsFile('/r.txt', source).catch((error: unknown) => { if (!(error instanceof PackagingError)) throw error })
    }
  }
})

test('what is read from printed text prints the same', () => {
  const random = numbers(440)
  for (let i = 0; i < 5_000; i++) {
    const parts = ['1', '0', '.', 'a', 'rc', '.post', '.dev', '+x', '2!']
    const text = Array.from({ length: 1 + random(6) }, () => parts[random(parts.length)] ?? '').join('')
    const version = readVersion(text)
    if (version === undefined) continue
    const printed = formatVersion(version)
    expect(formatVersion(parseVersion(printed))).toBe(printed)
    expect(compareVersions(parseVersion(printed), version)).toBe(0)
  }
})

test('long text takes no longer than it is long', async () => {
  const long = 200_000
  expect(refused(() => parseVersion('1.'.repeat(long)))).toMatch(/^Invalid version: /)
  expect(refused(() => parseVersion('9'.repeat(long)))).toMatch(/^Invalid version: /)
  expect(refused(() => parseVersion(`1${' '.repeat(long)}x`))).toMatch(/^Invalid version: /)
  expect(refused(() => parseRequirement(`a${'-'.repeat(long)}`))).toMatch(/^Expected semicolon/)
  expect(refused(() => parseRequirement(`a[${'b,'.repeat(long)}]`))).toMatch(/^Expected extra name after comma/)
  expect(refused(() => parseMarker('('.repeat(long)))).toMatch(/^More than 200 parentheses/)
  expect(refused(() => parseMarker(`os_name == "a"${' and os_name == "a"'.repeat(10_000)} or`))).toMatch(/^Expected a marker variable/)
  const text = new TextEncoder().encode(`a${' '.repeat(long)}b\nc # ${'${A}'.repeat(long)}\n${'${A}'.repeat(10_000)}\n`)
  const source = { read: async () => text, exists: async () => false, directory: '/', environment: { A: 'aa' } }
  const { requirements } = await readRequirementsFile('/r.txt', source)
  expect(requirements.map(({ requirement }) => requirement.length)).toEqual([long + 2, 1, 20_000])
})

test('numbers beyond what a double holds keep their digits and their order', () => {
  const [less, more] = [parseVersion('1.9007199254740993'), parseVersion('1.9007199254740994')]
  expect(formatVersion(less)).toBe('1.9007199254740993')
  expect(compareVersions(less, more)).toBeLessThan(0)
  expect(compareVersions(more, parseVersion('1.9007199254740991'))).toBeGreaterThan(0)
})

test('sets join; decisions on pre-releases that differ do not', () => {
  const joined = intersectSpecifierSets(parseSpecifierSet('>=1', true), parseSpecifierSet('<2,>=1.0'))
  expect(formatSpecifierSet(joined)).toBe('<2,>=1')
  expect([containsVersion(joined, '1.5a1'), containsVersion(joined, '2.0')]).toEqual([true, false])
  const unlike = [parseSpecifierSet('', true), parseSpecifierSet('', false)] as const
  expect(refused(() => intersectSpecifierSets(...unlike))).toMatch(/^Cannot combine SpecifierSets/)
})

test('a marker reads no variable from the object it is given but its own', () => {
  expect(refused(() => evaluateMarker(parseMarker('"a" == "toString"'), {}))).toBe("The environment has no 'toString'")
  expect(evaluateMarker(parseMarker('python_full_version >= "3.14.0"'), { python_full_version: '3.14.0+' })).toBe(true)
})
