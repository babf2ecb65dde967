/** What `--uploaded-prior-to` says, and which files it leaves, as pip 26.2.1 has it (scripts/record-upload-times.py). */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { IndexError } from '../index/index-error.ts'
import { readJsonPage } from '../index/read-json-page.ts'
import { parseTime } from '../packaging/parse-time.ts'
import { rankTags } from '../packaging/tags.ts'
import { describeUnusable } from './describe-missing.ts'
import { listCandidates } from './listing.ts'

const { values, cases } = JSON.parse(gunzipSync(readFileSync(new URL('../../test/recorded/upload-times.json.gz', import.meta.url))).toString('utf8')) as {
  values: [text: string, microseconds: number | null][]
  cases: { prior: string; place: string; page: object[]; files?: string[]; error?: string }[]
}

test('times are read as Python reads them', () => {
  const differing = values.filter(([text, microseconds]) => (parseTime(text)?.microseconds ?? null) !== microseconds)
  expect({ count: values.length, differing: differing.map(([text, theirs]) => ({ text, theirs, ours: parseTime(text) })) }).toEqual({ count: 1785, differing: [] })
})

test('files are left out as pip leaves them out', () => {
  const differing = cases.flatMap(({ prior, place, page, files, error }) => {
    const taker = { ranks: rankTags(['py3-none-any']), python: '3.11.7', buildTagFirst: false, uploadedBefore: parseTime(prior)!.microseconds }
    const listed = readJsonPage(JSON.stringify({ meta: { 'api-version': '1.0' }, files: page }), place, place)
    let ours: string | string[]
    try {
      ours = listCandidates('demo', listed, taker).candidates.map(({ file }) => file.fileName).sort()
    } catch (problem) {
      if (!(problem instanceof IndexError)) throw problem
      ours = problem.message
    }
    // Of two builds of a version we choose one, which pip does later.
    const builds = (names: readonly string[]) => names.filter(name => !(/-py3/.test(name) && names.includes(name.replace('-py3', '-1-py3'))))
    const theirs = error ?? builds(files!)
    return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ prior, page, ours, theirs }]
  })
  expect({ count: cases.length, differing: differing.slice(0, 5) }).toEqual({ count: 300, differing: [] })
})

test('what is left out says when it came', () => {
  const taker = { ranks: rankTags(['py3-none-any']), python: '3.11.7', buildTagFirst: false, uploadedBefore: 0 }
  const page = { meta: {}, files: [{ filename: 'demo-1.0-py3-none-any.whl', url: 'd', 'upload-time': '2024-01-01T00:00:00Z' }] }
  const [unusable] = listCandidates('demo', readJsonPage(JSON.stringify(page), 'https://one.example/', 'one'), taker).unusable
  const target = { description: 'here', markers: {}, tags: [] }
  expect(describeUnusable(unusable!, target)).toBe('came to the index on 2024-01-01T00:00:00Z, which --uploaded-prior-to leaves out')
})
