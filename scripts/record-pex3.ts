/**
 * Records what the real pex3 prints, returns and writes for the command lines of scripts/pex3-cases.ts into test/recorded/pex3.json.
 * Usage: tsx scripts/record-pex3.ts PATH_OF_PYTHON3.11
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layCommandPlace } from '../test/support/command-home.ts'
import { pex3Result } from '../test/support/pex3-result.ts'
import { fetchWheels } from './fetch-wheels.ts'
import { pex3Cases } from './pex3-cases.ts'
import { root } from './root.ts'

const python = process.argv[2]
if (!python) {
  process.stderr.write('usage: tsx scripts/record-pex3.ts PATH_OF_PYTHON3.11\n')
  process.exit(2)
}
const place = await layCommandPlace()
const bin = join(place.base, 'venv/bin')
const env = { PATH: bin, HOME: place.base, LANG: 'C.UTF-8', TZ: 'UTC', TMPDIR: '/tmp', COLUMNS: '80' }
const run = (command: string, args: readonly string[], cwd = place.base) => spawnSync(command, args, { cwd, encoding: 'utf8', env, timeout: 120_000 })
run(python, ['-m', 'venv', join(place.base, 'venv')])
const installed = run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', fetchWheels().get('pex')!])
if (installed.status !== 0) throw new Error(installed.stderr)
const inspected = run(join(bin, 'python'), ['-sE', '-c', readFileSync(join(root, 'bin/inspect.py'), 'utf8')])

const recorded = []
for (const line of pex3Cases) {
  recorded.push(await pex3Result(line, place, (words, directory) => {
    const { status, stdout, stderr } = run('pex3', words, directory)
    return Promise.resolve({ status: status ?? -1, stdout, stderr })
  }))
}
const told = JSON.stringify({ ...JSON.parse(inspected.stdout) as Record<string, unknown>, path: '<python>' })
writeFileSync(join(root, 'test/recorded/pex3.json'), `{"inspected": ${told},\n"recorded": [\n${recorded.map(each => JSON.stringify(each)).join(',\n')}\n]}\n`)
place.remove()
