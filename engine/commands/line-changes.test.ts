import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatNormal, formatUnified, paintNothing } from './diff-format.ts'
import { findChanges } from './line-changes.ts'

interface Pair {
  old: string[]
  fresh: string[]
  normal: string
  unified: string
}
const pairs = JSON.parse(readFileSync(new URL('../../test/recorded/diffs.json', import.meta.url), 'utf8')) as Pair[]
const noBreath = async () => {}

test.each(pairs.map((pair, at) => [at, pair] as const))('pair %i, as GNU diff', async (_, { old, fresh, normal, unified }) => {
  const [left, right] = [{ lines: old, ended: true }, { lines: fresh, ended: true }]
  expect([...formatNormal(await findChanges(old, fresh, 0, noBreath), left, right, paintNothing)].join('')).toBe(normal)
  expect([...formatUnified(await findChanges(old, fresh, 3, noBreath), left, right, 3, paintNothing)].join('')).toBe(unified)
})
