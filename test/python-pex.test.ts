/** PEXes that the engine builds run in the machine, by their own unmodified runtime, as they run on a real CPython. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { pexRunFiles, pexRunLines, runnablePexes } from '../scripts/pex-run-cases.ts'
import recording from './recorded/pex-run.json'
import { home, writeFiles } from './support/machine.ts'
import { pexBuilder } from './support/pex-builder.ts'
import { pexFiles } from './support/pex-files.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'

describe(`what ${recording.version} does`, () => {
  let python: Python
  let machine: Machine
  beforeAll(async () => {
    python = await startPython()
    machine = machineWithPython(python)
    const builder = await pexBuilder()
    for (const each of runnablePexes) {
      for (const { path, ...file } of await pexFiles(builder, each)) writeFiles(machine.fs, { [path]: file }, `${home}/demo`)
    }
    writeFiles(machine.fs, pexRunFiles, `${home}/demo`)
  })
  afterAll(() => python.idle())

  test('every line is recorded', () => expect(recording.cases.map(({ line }) => line)).toEqual(pexRunLines))

  // In order, in one home: the first to need a part of PEX_ROOT makes it.
  for (const { line, ...expected } of recording.cases) {
    test(line, async () => {
      const { ended, stdout, stderr } = await runLine(machine, line)
      expect({ stdout, stderr, status: ended.kind === 'exited' ? ended.status : -1 }).toEqual(expected)
    })
  }
})
