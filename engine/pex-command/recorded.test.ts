/** The engine's `pex` beside the real one's answers to the same command lines: exit status, messages, and every byte of what is written. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { commandCases } from '../../scripts/pex-command-cases.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, keepingHome, layCommandPlace, type CommandPlace } from '../../test/support/command-home.ts'
import { layVenvs } from '../../test/support/lay-venvs.ts'
import { describeOutputs, layCommandFiles, linesOf, saidOf, warningsOf, wholeLine, type RecordedCommand } from '../../test/support/pex-command-parts.ts'
import { pexCommand } from './pex-command.ts'

const { inspected, recorded } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as {
  inspected: Inspected
  recorded: RecordedCommand[]
}
let place: CommandPlace

beforeAll(async () => {
  place = await layCommandPlace()
  await layVenvs(place)
}, 300_000)
afterAll(() => place.remove())

/** `keeps`: whether parts of PEXes are kept from one line to the next, as the program does it. */
const runHere = async (args: readonly string[], name: string, keeps: boolean): Promise<Omit<RecordedCommand, 'args'>> => {
  const { base, links } = place
  const directory = join(base, name)
  layCommandFiles(directory)
  let status = 0
  let said = { output: [] as string[], errors: [] as string[] }
  for (const line of linesOf(args)) {
    said = { output: [], errors: [] }
    const home = await commandHome(place, inspected, directory, said)
    status = await pexCommand(wholeLine(line, links), keeps ? keepingHome(home, join(base, 'kept')) : home)
  }
  const told = said.errors.join('').replaceAll(directory, `${base}/user`)
  const result = { status, stdout: said.output.join(''), says: saidOf(told, { base, links }), warnings: warningsOf(told), outputs: await describeOutputs(directory, args) }
  rmSync(directory, { recursive: true })
  return result
}

const cases = recorded.map((each, index) => ({ ...each, keeps: index % 2 === 1, name: `${index} pex ${each.args.join(' ')}`, instead: commandCases.find(({ args }) => args.join(' ') === each.args.join(' '))?.instead }))

describe('as the real pex 2.100.7', () => {
  test.each(cases)('$name', async ({ args, status, stdout, says, warnings, outputs, instead, keeps }) => {
    const { warnings: warned, ...ours } = await runHere(args, `case-${Math.random().toString(36).slice(2)}`, keeps)
    if (warnings) expect(warned).toEqual(warnings)
    if (instead !== undefined) {
      expect({ status: ours.status, says: ours.says.join('\n') }).toEqual({ status, says: expect.stringContaining(instead) as string })
      return
    }
    // Of a failure we may go on to explain it.
    const told = status === 0 ? [] : ours.says.slice(0, says.length)
    expect({ ...ours, says: told }).toEqual({ status, stdout, says: status === 0 ? [] : says, outputs })
  }, 60_000)
})
