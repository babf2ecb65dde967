/** Our readers against the recorded answers of Python's `packaging` (scripts/record-packaging.py). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evaluateMarker, type MarkerContext, type MarkerEnvironment } from './evaluate-marker.ts'
import { formatMarker, parseMarker, type Marker } from './marker.ts'
import { PackagingError } from './packaging-error.ts'
import { checkedName, isNormalizedName, normalizeName } from './project-name.ts'
import { formatRequirement, parseRequirement } from './requirement.ts'
import { containsVersion, filterVersions, formatSpecifierSet, parseSpecifierSet } from './specifier-set.ts'
import { compareVersions, formatVersion, isPrerelease, parseVersion, readVersion } from './version.ts'
import { root } from '../../scripts/root.ts'

/** A message, or of one with a mark below its source: the first line, the mark's column, the length of the underline. */
type RecordedError = [message: string] | [head: string, column: number, underlined: number]

const recorded = <T>(name: string): T =>
  JSON.parse(gunzipSync(readFileSync(join(root, 'test/recorded', `packaging-${name}.json.gz`))).toString('utf8')) as T

const show = ([head, column, underlined]: RecordedError, source: string): string =>
  column === undefined || underlined === undefined ? head : `${head}\n    ${source}\n    ${' '.repeat(column)}${'~'.repeat(underlined)}^`

const expected = (answer: string | RecordedError, source: string): string =>
  typeof answer === 'string' ? answer : `error: ${show(answer, source)}`

/** What was answered or, after `error: `, the message of what was refused; any other error is one of ours and loud. */
const answered = (ask: () => string): string => {
  try {
    return ask()
  } catch (error) {
    if (error instanceof PackagingError) return `error: ${error.message}`
    throw error
  }
}

/** All the cases in which two lists differ, few of them shown. */
const agree = (inputs: readonly unknown[], ours: readonly unknown[], theirs: readonly unknown[]): void => {
  expect(ours.length).toBe(theirs.length)
  const cases = inputs.map((input, i) => ({ input, ours: ours[i], theirs: theirs[i] }))
  const differing = cases.filter(each => JSON.stringify(each.ours) !== JSON.stringify(each.theirs))
  expect({ count: differing.length, some: differing.slice(0, 20) }).toEqual({ count: 0, some: [] })
}

test('versions read, print, compare and sort as packaging has them', () => {
  const { inputs, text, refused, ranked, steps, pairs, prerelease } = recorded<{
    inputs: string[]; text: (string | null)[]; refused: string[]; ranked: number[]; steps: string; pairs: string; prerelease: string
  }>('versions')
  const quoted = refused.values()
  const texts = text.map(each => each ?? `error: Invalid version: ${quoted.next().value}`)
  agree(inputs, inputs.map(input => answered(() => formatVersion(parseVersion(input)))), texts)
  const valid = inputs.map(readVersion).filter(version => version !== undefined)
  const sign = (a: number, b: number): string => {
    const [left, right] = [valid[a], valid[b]]
    const order = left && right ? compareVersions(left, right) : NaN
    return order < 0 ? '<' : order > 0 ? '>' : order === 0 ? '=' : '?'
  }
  const names = valid.map(formatVersion)
  agree(names.slice(1), names.slice(1).map((_, i) => sign(i, i + 1)), [...pairs])
  agree(ranked.slice(1), ranked.slice(1).map((each, i) => sign(ranked[i] ?? -1, each)), [...steps])
  agree(names, [...valid.keys()].sort((a, b) => valid[a] && valid[b] ? compareVersions(valid[a], valid[b]) : 0), ranked)
  agree(names, valid.map(version => isPrerelease(version) ? '1' : '0'), [...prerelease])
})

test('specifiers read, print, contain and filter as packaging has them', () => {
  const { inputs, text, pool, chosen, contains } = recorded<{
    inputs: string[]; text: (string | [string])[]; pool: string[]; contains: string[]
    chosen: [set: number, own: number, asked: number, offered: number[], accepted: number[]][]
  }>('specifiers')
  const texts = text.map((each, i) => expected(each, inputs[i] ?? ''))
  agree(inputs, inputs.map(input => answered(() => formatSpecifierSet(parseSpecifierSet(input)))), texts)
  const modes = [null, true, false]
  const cases = chosen.map(([index, own, asked, offered, accepted], i) => {
    const set = parseSpecifierSet(inputs[index] ?? '', modes[own] ?? null)
    const mode = modes[asked] ?? null
    const distinct = [...new Set(offered)]
    return {
      input: [inputs[index], modes[own], mode, offered.map(each => pool[each])],
      ours: [
        offered.map(each => containsVersion(set, pool[each] ?? '', mode) ? '1' : '0').join(''),
        filterVersions(set, distinct, each => pool[each] ?? '', mode),
      ],
      theirs: [contains[i], accepted.map(each => offered[each])],
    }
  })
  agree(cases.map(each => each.input), cases.map(each => each.ours), cases.map(each => each.theirs))
})

test('markers read, print and evaluate as packaging has them', () => {
  const { environments, inputs, text, values } = recorded<{
    environments: [MarkerContext, Record<string, string | string[]>][]; inputs: string[]; text: (string | RecordedError)[]; values: string[]
  }>('markers')
  const texts = text.map((each, i) => expected(each, inputs[i] ?? ''))
  agree(inputs, inputs.map(input => answered(() => formatMarker(parseMarker(input)))), texts)
  const given = environments.map(([context, values]): [MarkerContext, MarkerEnvironment] =>
    [context, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value : new Set(value)]))])
  const letters: Partial<Record<string, string>> = { 'undefined-comparison': 'c', 'undefined-environment-name': 'n' }
  const evaluate = (marker: Marker, context: MarkerContext, environment: MarkerEnvironment): string => {
    try {
      return evaluateMarker(marker, environment, context) ? '1' : '0'
    } catch (error) {
      const letter = error instanceof PackagingError ? letters[error.code] : undefined
      if (letter === undefined) throw error
      return letter
    }
  }
  const ours = inputs.map((input, i) => {
    if (values[i] === '') return ''
    const marker = parseMarker(input)
    return given.map(each => evaluate(marker, ...each)).join('')
  })
  agree(inputs, ours, values)
})

test('requirements read and print as packaging has them', () => {
  interface Described { name: string; url: string | null; extras: string[]; specifier: string; text: string | [string] }
  const { inputs, answers } = recorded<{ inputs: string[]; answers: (Described | RecordedError)[] }>('requirements')
  const ours = inputs.map(input => answered(() => {
    const requirement = parseRequirement(input)
    const { name, url = null, extras, specifier } = requirement
    const text = answered(() => formatRequirement(requirement))
    return JSON.stringify({ name, url, extras, specifier: formatSpecifierSet(specifier), text })
  }))
  const theirs = answers.map((answer, i) => {
    if (Array.isArray(answer)) return expected(answer, inputs[i] ?? '')
    return JSON.stringify({ ...answer, text: expected(answer.text, '') })
  })
  agree(inputs, ours, theirs)
})

test('names are normalised and refused as packaging has it', () => {
  const { inputs, text, normal, checked } = recorded<{
    inputs: string[]; text: string[]; normal: string; checked: (string | [string])[]
  }>('names')
  agree(inputs, inputs.map(normalizeName), text)
  agree(inputs, inputs.map(input => isNormalizedName(input) ? '1' : '0'), [...normal])
  agree(inputs, inputs.map(input => answered(() => checkedName(input))), checked.map(each => expected(each, '')))
})
