import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Python } from '../engine/python/create-python.ts'
import { pythonCases, pythonFiles } from '../scripts/python-cases.ts'
import recording from './recorded/python.json'
import { machineWithPython, runLine, startPython } from './support/python.ts'
import { differences, sameButFor } from './support/python-differences.ts'

describe(`what ${recording.version} does`, () => {
  let python: Python
  beforeAll(async () => { python = await startPython() })
  afterAll(() => python.idle())

  test('every line is recorded, and every known difference is of a line', () => {
    expect(recording.cases.map(({ line }) => line)).toEqual(pythonCases)
    expect(Object.keys(differences).filter(line => !pythonCases.includes(line))).toEqual([])
  })

  for (const { line, ...expected } of recording.cases) {
    test(line, async () => {
      const { ended, stdout, stderr } = await runLine(machineWithPython(python), line, pythonFiles)
      const status = ended.kind === 'exited' ? ended.status : -1
      const found = { stdout, stderr, status }
      const difference = differences[line]
      if (!difference) expect(found).toEqual(expected)
      else {
        expect(found).not.toEqual(expected)
        expect(sameButFor(difference, found)).toEqual(sameButFor(difference, expected))
      }
    })
  }
})
