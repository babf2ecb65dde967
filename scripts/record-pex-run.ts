/**
 * Records what a real CPython does with the PEXes and lines of scripts/pex-run-cases.ts, into test/recorded/pex-run.json. The lines run
 * in order and share a home, so that only the first unpacks.
 * Usage: tsx scripts/record-pex-run.ts PATH_OF_PYTHON3 (3.13 is the nearest to the machine's 3.14 that is common).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pexBuilder } from '../test/support/pex-builder.ts'
import { pexFiles } from '../test/support/pex-files.ts'
import { asOnTheMachine, type RecordedPython } from '../test/support/recorded-python.ts'
import { pexRunFiles, pexRunLines, runnablePexes } from './pex-run-cases.ts'
import { root } from './root.ts'

const given = process.argv[2]
if (!given) {
  process.stderr.write('usage: tsx scripts/record-pex-run.ts PATH_OF_PYTHON3\n')
  process.exit(2)
}
const python = realpathSync(given)
const version = spawnSync(python, ['-V'], { encoding: 'utf8' }).stdout.trim()
const base = realpathSync(mkdtempSync(join(tmpdir(), 'pex-run-')))
const bin = join(base, 'bin')
const demo = join(base, 'demo')
mkdirSync(bin)
for (const name of ['python', 'python3']) symlinkSync(python, join(bin, name))
// A PEX takes any other Python that it finds.
for (const name of readdirSync('/usr/bin')) if (!/^(?:python|pypy)/.test(name)) symlinkSync(join('/usr/bin', name), join(bin, name))

const put = (path: string, bytes: Uint8Array | string, mode: number) => {
  mkdirSync(dirname(join(demo, path)), { recursive: true })
  writeFileSync(join(demo, path), bytes, { mode })
}
const builder = await pexBuilder()
for (const each of runnablePexes) for (const { path, bytes, mode } of await pexFiles(builder, each)) put(path, bytes, mode)
for (const [path, text] of Object.entries(pexRunFiles)) put(path, text, 0o644)

const cases = pexRunLines.map(line => {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', line], {
    cwd: demo, input: '', encoding: 'utf8', timeout: 60_000,
    env: { PATH: bin, HOME: base, LANG: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm-256color', USER: 'user' },
  })
  const clean = (text: string) => asOnTheMachine(text, { demo, bin, python, home: base })
  process.stdout.write('.')
  return { line, stdout: clean(stdout), stderr: clean(stderr), status: status ?? -1 }
})
rmSync(base, { recursive: true })
const recording: RecordedPython = { version, cases }
writeFileSync(join(root, 'test', 'recorded', 'pex-run.json'), `${JSON.stringify(recording, undefined, 2)}\n`)
process.stdout.write(`\n${cases.length} lines of ${version}\n`)
