/**
 * Records what real pips answer for the universes of test/support/universe.ts into test/recorded/resolutions.json: the pip 20.3.4 that the
 * pex wheel of scripts/wheels.txt vendors, with its legacy resolver, and a pip of today. Takes some minutes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUniverse } from '../test/support/universe.ts'
import { fetchWheels } from './fetch-wheels.ts'
import { root } from './root.ts'

const pip = '26.3'
const seeds = Array.from({ length: 400 }, (_, at) => at)
/** The legacy resolver takes requirements in the order of a set of Python's, which changes with the seed of its hashes. */
const hashSeeds = ['0', '1', '2', '3', '4', '5', '6', '7']

const run = (command: string, args: readonly string[], environment: Record<string, string> = {}): void => {
  const env = { ...process.env, ...environment }
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env, timeout: 1_200_000 })
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: ${stderr.slice(-800)}`)
}

const directory = mkdtempSync(join(tmpdir(), 'resolutions-'))
try {
  const universes = join(directory, 'universes.json')
  writeFileSync(universes, JSON.stringify(seeds.map(seed => randomUniverse(seed))))
  const driver = join(root, 'scripts', 'record-resolutions.py')

  const record = (kind: string, python: string, environment: Record<string, string>): (string | string[])[] => {
    const out = join(directory, `${kind}.json`)
    run(python, [driver, kind, universes, out], { ...environment, PIP_CONFIG_FILE: '/dev/null', PIP_FIND_LINKS: '' })
    return JSON.parse(readFileSync(out, 'utf8')) as (string | string[])[]
  }

  run('python3', ['-m', 'zipfile', '-e', fetchWheels().get('pex')!, join(directory, 'pex')])
  const vendored = join(directory, 'pex', 'pex', 'vendor', '_vendored', 'pip')
  const legacy = hashSeeds.map(PYTHONHASHSEED => record('legacy', 'python3', { PYTHONPATH: vendored, PYTHONHASHSEED }))

  run('python3', ['-m', 'venv', join(directory, 'venv')])
  const python = join(directory, 'venv', 'bin', 'python')
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pip==${pip}`])
  const backtracking = record('backtracking', python, {})

  const rows = seeds.map(seed => {
    const answers = [...new Set(legacy.map(each => JSON.stringify(each[seed])))].map(text => JSON.parse(text) as string | string[])
    return `  ${JSON.stringify([seed, answers.length === 1 ? answers[0] : null, backtracking[seed]])}`
  })
  const text = `{ "pip": "${pip}", "universes": [\n${rows.join(',\n')}\n] }\n`
  writeFileSync(join(root, 'test', 'recorded', 'resolutions.json'), text)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
