/**
 * Records what the real pex builds of scripts/pex-cases.ts, uncompressed, into test/recorded/pex.json. With the version of an older pex of
 * scripts/older-wheels.txt: what that one builds of those cases whose distributions are small, into pex-VERSION.json beside it.
 * Usage: tsx scripts/record-pex.ts PATH_OF_PYTHON3.11 [VERSION]
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { oddWheel, oddWheelName } from '../test/support/odd-wheel.ts'
import { describeDirectory, describeZip, type PartFile, type RecordedPex } from '../test/support/pex-parts.ts'
import { fetchOlderPexes, fetchWheels } from './fetch-wheels.ts'
import { isSmall, pexCases, userFiles } from './pex-cases.ts'
import { root } from './root.ts'

const [, , python, older] = process.argv
if (!python) {
  process.stderr.write('usage: tsx scripts/record-pex.ts PATH_OF_PYTHON3.11 [VERSION]\n')
  process.exit(2)
}
const base = realpathSync(mkdtempSync(join(tmpdir(), 'pex-')))
const home = join(base, 'home')
const user = join(base, 'user')
const links = join(base, 'wheels')
for (const directory of [home, user, links]) mkdirSync(directory)
const wheels = fetchWheels()
for (const path of wheels.values()) copyFileSync(path, join(links, basename(path)))
writeFileSync(join(links, oddWheelName), await oddWheel())

const run = (command: string, args: string[]) => {
  const { status, stderr, error } = spawnSync(command, args, { cwd: user, encoding: 'utf8', env: { PATH: `${dirname(python)}:/usr/bin:/bin`, HOME: home, LANG: 'C.UTF-8', TZ: 'UTC' } })
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}
run(python, ['-m', 'venv', join(base, 'venv')])
const pex = older ? fetchOlderPexes().get(older) : wheels.get('pex')
if (!pex) throw new Error(`scripts/older-wheels.txt has no pex ${older}`)
run(join(base, 'venv/bin/python'), ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', pex])
for (const [path, { text, executable }] of Object.entries(userFiles)) {
  mkdirSync(dirname(join(user, path)), { recursive: true })
  writeFileSync(join(user, path), text)
  chmodSync(join(user, path), executable ? 0o755 : 0o644)
}

const filesUnder = (directory: string): PartFile[] => readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .map(path => join(directory, path)).filter(path => lstatSync(path).isFile())
  .map(path => ({ path: relative(directory, path), mode: statSync(path).mode & 0o777, bytes: readFileSync(path) }))

const recorded: Record<string, RecordedPex> = {}
for (const { name, flags } of older ? pexCases.filter(isSmall) : pexCases) {
  const out = join(base, 'out.pex')
  rmSync(out, { recursive: true, force: true })
  run(join(base, 'venv/bin/pex'), ['--no-pypi', '--find-links', links, '--no-compress', ...flags, '--output-file', out])
  recorded[name] = statSync(out).isDirectory() ? describeDirectory(filesUnder(out)) : await describeZip(readFileSync(out))
  process.stdout.write('.')
}
process.stdout.write('\n')
const version = basename(pex).split('-')[1]
writeFileSync(join(root, 'test/recorded', older ? `pex-${older}.json` : 'pex.json'), `${JSON.stringify({ pex: version, python: '3.11', recorded }, null, 1)}\n`)
rmSync(base, { recursive: true })
