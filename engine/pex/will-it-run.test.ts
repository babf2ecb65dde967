import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fileOf } from '../install/tree-file.ts'
import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { parseCompletePlatform, type Target } from '../packaging/target.ts'
import { meetsConstraint, parseInterpreterConstraint } from './interpreter-constraint.ts'
import type { OpenPex } from './read-pex.ts'
import { willItRun } from './will-it-run.ts'

/** What the real runtime says; `root` is the first project that the PEX itself asks for and that has no usable distribution. */
type Outcome = { used: string[] } | { unmet: string[] } | { root: string }

interface Recorded {
  complete: unknown[]
  abbreviated: string[]
  cases: { distributions: Record<string, [path: string, metadata: string]>; info: Record<string, string[]>; outcomes: Outcome[] }[]
  constraints: Record<string, boolean[]>
}

const file = new URL('../../test/recorded/pex-environment.json.gz', import.meta.url)
const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Recorded
const complete = recorded.complete.map((platform) => parseCompletePlatform(JSON.stringify(platform)))
const targets: Target[] = [...complete, ...recorded.abbreviated.map(parseAbbreviatedPlatform)]

const pexOf = (distributions: Recorded['cases'][number]['distributions'], info: Record<string, unknown>): OpenPex => ({
  layout: 'loose',
  info,
  infoText: JSON.stringify(info),
  interpreter: undefined,
  shBoot: false,
  bootstrap: new Map(),
  distributions: new Map(
    Object.entries(distributions).map(([name, [path, metadata]]) => [name, new Map([[path, fileOf(new TextEncoder().encode(metadata))]])]),
  ),
  code: new Map(),
})

test('as the real runtime decides it', async () => {
  const counted = { used: 0, unmet: 0, root: 0 }
  for (const [index, { distributions, info, outcomes }] of recorded.cases.entries()) {
    const pex = pexOf(distributions, info)
    for (const [which, outcome] of outcomes.entries()) {
      const verdict = await willItRun(pex, targets[which]!)
      const where = `case ${index}, ${verdict.target}`
      // What a platform's name leaves open the real one takes from the machine that it runs on.
      if (verdict.undecided.length > 0) {
        expect(which, where).toBeGreaterThanOrEqual(complete.length)
        continue
      }
      counted[Object.keys(outcome)[0] as keyof typeof counted]++
      if ('used' in outcome) {
        expect([where, verdict.runs, verdict.obstacles]).toEqual([where, 'yes', []])
        expect([where, verdict.used.sort()]).toEqual([where, outcome.used])
      } else if ('root' in outcome) {
        expect([where, verdict.runs]).toEqual([where, 'no'])
        const projects = verdict.obstacles.map(({ requirement }) => normalizeName(/^[\w.-]+/.exec(requirement)![0]))
        expect(projects, where).toContain(normalizeName(outcome.root))
      } else {
        expect([where, verdict.runs]).toEqual([where, 'no'])
        const unmet = new Set(outcome.unmet.map((text) => text.split(';')[0]))
        expect([where, verdict.obstacles.map(({ requirement }) => requirement).sort()]).toEqual([where, [...unmet].sort()])
      }
    }
  }
  expect(Math.min(counted.used, counted.unmet, counted.root)).toBeGreaterThan(50)
})

test('interpreter constraints, as the real runtime decides them', () => {
  const ours = Object.keys(recorded.constraints).map((text) => {
    const constraint = parseInterpreterConstraint(text)
    return [text, complete.map((target) => meetsConstraint(constraint, target))]
  })
  expect(Object.fromEntries(ours)).toEqual(recorded.constraints)
})
