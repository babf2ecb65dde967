import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseRequirement } from '../packaging/requirement.ts'
import { includesVersions } from './includes-versions.ts'

/** What scripts/record-excludes.py recorded. */
const file = new URL('../../test/recorded/excludes.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: [excluded: string, asked: string, covered: boolean][] }

it('an exclude covers what real pex says it covers', () => {
  expect(cases.length).toBeGreaterThan(300)
  for (const [excluded, asked, covered] of cases) {
    const includes = includesVersions(parseRequirement(excluded).specifier, parseRequirement(asked).specifier)
    expect(includes, `${excluded} of ${asked}`).toBe(covered)
  }
})
