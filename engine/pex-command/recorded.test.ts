/** The engine's `pex` beside the real one's answers to the same command lines: exit status, messages, and every byte of what is written. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeDigests } from '../../bin/node-digests.ts'
import { nodeIndex } from '../../bin/node-indexes.ts'
import { nodeFiles } from '../../bin/node-files.ts'
import { targetOf, type Inspected } from '../../bin/inspected-target.ts'
import { commandCases } from '../../scripts/pex-command-cases.ts'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'
import { root } from '../../scripts/root.ts'
import { oddWheel, oddWheelName } from '../../test/support/odd-wheel.ts'
import { describeOutputs, layCommandFiles, saidOf, withPlaces, type RecordedCommand } from '../../test/support/pex-command-parts.ts'
import { pexCommand } from './pex-command.ts'
import type { PexHome } from './pex-home.ts'

const { inspected, recorded } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as {
  inspected: Inspected
  recorded: RecordedCommand[]
}
let base = ''
let links = ''

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'pex-')))
  links = join(base, 'links')
  mkdirSync(links)
  for (const path of fetchWheels().values()) copyFileSync(path, join(links, basename(path)))
  writeFileSync(join(links, oddWheelName), await oddWheel())
}, 300_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** The place that the real tool ran in: the recorded Python, the same wheels. */
const homeIn = async (directory: string, output: string[], errors: string[]): Promise<PexHome> => {
  const files = nodeFiles(directory)
  const wheel = basename(fetchWheels().get('pex')!)
  const write = (texts: string[]) => ({ columns: undefined, write: (text: string) => Promise.resolve(void texts.push(text)) })
  const python = { target: await targetOf(inspected), path: inspected.path, shBoot: { version: [3, 11] as [number, number] } }
  return {
    program: 'pex', environment: {}, directory, output: write(output), errors: write(errors), files, digests: nodeDigests,
    signal: new AbortController().signal, now: () => 0, breathe: () => Promise.resolve(),
    index: nodeIndex(base, line => void errors.push(`pip: WARNING: ${line}\n`)),
    defaultIndexes: () => Promise.resolve([]),
    pexWheel: async () => ({ fileName: wheel, source: await files.open(join(links, wheel)) }),
    python: name => Promise.resolve(name === undefined ? python : undefined),
    run: () => Promise.reject(new Error('nothing is run here')),
  }
}

const runHere = async (args: readonly string[], name: string): Promise<Omit<RecordedCommand, 'args'>> => {
  const directory = join(base, name)
  layCommandFiles(directory)
  const [output, errors]: string[][] = [[], []]
  const named = args.some(arg => arg.startsWith('-o') || arg === '--version' || arg === '-V') ? [] : ['-o', 'out.pex']
  const line = [...named, '--no-pypi', '--find-links', links, '--no-compress', ...withPlaces(args, links)]
  const status = await pexCommand(line, await homeIn(directory, output!, errors!))
  const told = errors!.join('').replaceAll(directory, `${base}/user`)
  const result = { status, stdout: output!.join(''), says: saidOf(told, { base, links }), outputs: describeOutputs(directory) }
  rmSync(directory, { recursive: true })
  return result
}

const cases = recorded.map((each, index) => ({ ...each, name: `${index} pex ${each.args.join(' ')}`, instead: commandCases.find(({ args }) => args.join(' ') === each.args.join(' '))?.instead }))

describe('as the real pex 2.100.7', () => {
  test.each(cases)('$name', async ({ args, status, stdout, says, outputs, instead }) => {
    const ours = await runHere(args, `case-${Math.random().toString(36).slice(2)}`)
    if (instead !== undefined) {
      expect({ status: ours.status, says: ours.says.join('\n') }).toEqual({ status: 1, says: expect.stringContaining(instead) as string })
      return
    }
    // Of a failure we may go on to explain it.
    const told = status === 0 ? [] : ours.says.slice(0, says.length)
    expect({ ...ours, says: told }).toEqual({ status, stdout, says: status === 0 ? [] : says, outputs })
  }, 60_000)
})
