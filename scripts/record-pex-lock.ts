/**
 * Records a lock of the real pex (`pex3 lock create`, the version of scripts/wheels.txt) into test/recorded/pex-lock.json, and what `pex3 lock export`
 * makes of it into test/recorded/pylock.pex-lock.toml, the wheels' place in both replaced by https://index.test/. Usage: tsx scripts/record-pex-lock.ts PATH_OF_PYTHON3.11
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchWheels } from './fetch-wheels.ts'
import { root } from './root.ts'

const python = process.argv[2]
if (python === undefined) {
  process.stderr.write('usage: tsx scripts/record-pex-lock.ts PATH_OF_PYTHON3.11\n')
  process.exit(2)
}
const directory = mkdtempSync(join(tmpdir(), 'pex-lock-'))
const wheels = dirname(fetchWheels().get('pex')!)
const env = { PATH: `${dirname(python)}:/usr/bin:/bin`, HOME: directory, LANG: 'C.UTF-8', PIP_CONFIG_FILE: '/dev/null' }
execFileSync(python, ['-m', 'venv', join(directory, 'venv')])
const bin = join(directory, 'venv/bin')
execFileSync(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', fetchWheels().get('pex')!], { env })
const lock = join(directory, 'lock.json')
const args = ['lock', 'create', '--no-pypi', '--find-links', wheels, '--indent', '1', '-o', lock, 'requests', 'rich>=10']
execFileSync(join(bin, 'pex3'), args, { env })
const exported = execFileSync(join(bin, 'pex3'), ['lock', 'export', '--format', 'pep-751', lock], { env, encoding: 'utf8' })
const keep = (name: string, text: string) =>
  writeFileSync(join(root, 'test/recorded', name), text.replaceAll(`${pathToFileURL(wheels).href}/`, 'https://index.test/'))
keep('pex-lock.json', readFileSync(lock, 'utf8'))
keep('pylock.pex-lock.toml', exported)
rmSync(directory, { recursive: true })
