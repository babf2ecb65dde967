/** The engine's `pex3` beside the real one's answers to the same command lines; lock files byte for byte. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { pex3Cases } from '../../scripts/pex3-cases.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, layCommandPlace, type CommandPlace, type Said } from '../../test/support/command-home.ts'
import { pex3Result, type Pex3Result } from '../../test/support/pex3-result.ts'
import { parsePylock } from '../packaging/parse-pylock.ts'
import type { PylockPackage } from '../packaging/pylock.ts'
import { formatSpecifierSet } from '../packaging/specifier-set.ts'
import { compareVersions } from '../packaging/version.ts'
import { pexCommand } from './pex-command.ts'
import { pex3Command } from './pex3-command.ts'
import type { PexHome } from './pex-home.ts'

const { inspected, recorded } = JSON.parse(readFileSync(join(root, 'test/recorded/pex3.json'), 'utf8')) as { inspected: Inspected; recorded: Pex3Result[] }
let place: CommandPlace

beforeAll(async () => {
  place = await layCommandPlace()
}, 300_000)
afterAll(() => place.remove())

const run = async (command: (words: readonly string[], home: PexHome) => Promise<number>, program: string, words: readonly string[], directory: string) => {
  const said: Said = { output: [], errors: [] }
  const home = await commandHome(place, inspected, directory, said)
  const status = await command(words, { ...home, program })
  return { status, stdout: said.output.join(''), stderr: said.errors.join('') }
}

test('every line is recorded', () => expect(recorded.map(({ line }) => line)).toEqual(pex3Cases))

describe('as the real pex3 2.100.7', () => {
  test.each(recorded)('pex3 $line', async expected => {
    const ours = await pex3Result(expected.line, place, (words, directory) => run(pex3Command, 'pex3', words, directory))
    // Of a failure we may go on to explain it; the usage is our own.
    const first = expected.says[0]?.startsWith('usage: ') ? 1 : 0
    expect({ ...ours, says: ours.says.slice(first, expected.says.length) }).toEqual({ ...expected, says: expected.says.slice(first) })
  }, 60_000)
})

describe('a lock', () => {
  const output = () => ({ lock: join(place.base, 'made.json'), pylock: join(place.base, 'made.toml') })
  const links = () => ['--no-pypi', '--find-links', place.links]
  const build = async (name: string, ...words: string[]) => {
    const path = join(place.base, name)
    expect(await run(pexCommand, 'pex', ['-o', path, '--no-compress', ...links(), ...words], place.base)).toMatchObject({ status: 0 })
    return readFileSync(path)
  }

  test('gives the PEX that its requirements give', async () => {
    expect(await run(pex3Command, 'pex3', ['lock', 'create', ...links(), 'rich', '-o', output().lock], place.base)).toMatchObject({ status: 0, stdout: '' })
    const locked = await build('locked.pex', '--lock', output().lock)
    expect(locked.equals(await build('open.pex', 'rich'))).toBe(true)
  }, 120_000)

  test('as pylock.toml too, by pex lock and by pex3 lock export', async () => {
    expect(await run(pexCommand, 'pex', ['lock', ...links(), 'rich', '-o', output().pylock], place.base)).toMatchObject({ status: 0, stdout: '' })
    const locked = await build('pylocked.pex', '--pylock', output().pylock, 'rich')
    expect(locked.equals(await build('open.pex', 'rich'))).toBe(true)
    const exported = await run(pex3Command, 'pex3', ['lock', 'export', '--format', 'pep-751', output().lock], place.base)
    expect(exported.stdout).toBe(readFileSync(output().pylock, 'utf8'))
    const pins = await run(pex3Command, 'pex3', ['lock', 'export', '--format', 'pip-no-hashes', output().lock], place.base)
    expect(pins.stdout).toMatch(/^rich==15\.0\.0\n/)
    const sorted = await run(pex3Command, 'pex3', ['lock', 'export', '--format', 'pip-no-hashes', '--sort-by', 'project-name', output().lock], place.base)
    expect(sorted.stdout.split('\n').map(line => line.split('==')[0])).toEqual(['markdown-it-py', 'mdurl', 'pygments', 'rich', ''])
    const packages = async (...words: string[]) => parsePylock((await run(pex3Command, 'pex3', ['lock', 'export', '--format', 'pep-751', ...words, output().lock], place.base)).stdout).packages
    expect(await packages('--no-include-dependency-info')).toEqual((await packages()).map(each => ({ ...each, dependencies: undefined })))
  }, 120_000)
})

test('a lock of the real one, exported as the real one exports it', async () => {
  const recordedPackages = parsePylock(readFileSync(join(root, 'test/recorded/pylock.pex-lock.toml'), 'utf8')).packages
  const words = ['lock', 'export', '--format', 'pep-751', join(root, 'test/recorded/pex-lock.json')]
  const { packages, createdBy } = parsePylock((await run(pex3Command, 'pex3', words, place.base)).stdout)
  expect(createdBy).toBe('pex')
  const facts = (each: PylockPackage) => ({
    ...each, version: undefined, requiresPython: each.requiresPython && formatSpecifierSet(each.requiresPython),
    wheels: each.wheels?.map(({ name: _, ...file }) => file),
  })
  expect(packages.map(facts)).toEqual(recordedPackages.map(facts))
  for (const [at, { version }] of packages.entries()) expect(compareVersions(version!, recordedPackages[at]!.version!)).toBe(0)
})

test('what needs a build back end or a Python is refused with the way out', async () => {
  const says = async (...words: string[]) => (await run(pex3Command, 'pex3', words, place.base)).stderr
  expect(await says('venv', 'create')).toBe('venv is not supported: it makes a venv with a Python: build a PEX with --include-tools and run it with PEX_TOOLS=1 and `venv DIRECTORY`.\n')
  expect(await says('lock', 'create', '--style', 'universal', 'idna')).toContain('--style universal is not supported: it locks source distributions')
  expect(await says('lock', 'update')).toContain('make it again with `pex3 lock create`')
})

test('help tells subcommands and options', async () => {
  expect((await run(pex3Command, 'pex3', ['--help'], place.base)).stdout).toMatch(/^usage: pex3 \[-h\] \{cache,docs,.*\}[^]*\n {2}interpreter /)
  expect((await run(pex3Command, 'pex3', ['lock', 'create', '-h'], place.base)).stdout).toMatch(/^usage: pex3 lock create [^]*--style \{strict,sources,universal\}\n/)
})
