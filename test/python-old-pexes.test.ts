/** PEXes that older releases of pex built behave as they do on a real CPython, error or not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import recording from './recorded/old-pex-runs.json'
import { endOf, oldPex, oldVersions } from './support/old-pexes.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'

let python: Python
let machine: Machine
beforeAll(async () => {
  python = await startPython()
  machine = machineWithPython(python)
})
afterAll(() => python.idle())

test('every version is recorded', () => expect(recording.cases.map(({ line }) => line)).toEqual(oldVersions.map(version => `./${version}.pex`)))

test.each(recording.cases)('$line', async ({ line, ...expected }) => {
  const name = line.slice('./'.length)
  const { ended, stdout, stderr } = await runLine(machine, line, { [name]: { bytes: await oldPex(name.slice(0, -'.pex'.length)), mode: 0o755 } })
  const status = ended.kind === 'exited' ? ended.status : -1
  expect({ status, stdout, stderr: endOf({ status, stderr }) }).toEqual(expected)
})
