/**
 * Records what a real CPython does with scripts/python-cases.ts, into test/recorded/python.json.
 * Usage: tsx scripts/record-python.ts PATH_OF_PYTHON3 (3.13 is the nearest to the machine's 3.14 that is common).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { asOnTheMachine, type RecordedPython } from '../test/support/recorded-python.ts'
import { pythonCases, pythonFiles } from './python-cases.ts'
import { root } from './root.ts'

const given = process.argv[2]
if (!given) {
  process.stderr.write('usage: tsx scripts/record-python.ts PATH_OF_PYTHON3\n')
  process.exit(2)
}
const python = realpathSync(given)
const version = spawnSync(python, ['-V'], { encoding: 'utf8' }).stdout.trim()
const base = realpathSync(mkdtempSync(join(tmpdir(), 'python-')))
const bin = join(base, 'bin')
const demo = join(base, 'demo')
mkdirSync(bin)
for (const name of ['python', 'python3']) symlinkSync(python, join(bin, name))

const cases = pythonCases.map(line => {
  rmSync(demo, { recursive: true, force: true })
  for (const [path, text] of Object.entries(pythonFiles)) {
    mkdirSync(dirname(join(demo, path)), { recursive: true })
    writeFileSync(join(demo, path), text)
  }
  const { stdout, stderr, status } = spawnSync('bash', ['-c', line], {
    cwd: demo, input: '', encoding: 'utf8', timeout: 20_000,
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: base, LANG: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm-256color', USER: 'user' },
  })
  const clean = (text: string) => asOnTheMachine(text, { demo, bin, python, home: base })
  process.stdout.write('.')
  return { line, stdout: clean(stdout), stderr: clean(stderr), status: status ?? -1 }
})
rmSync(base, { recursive: true })
const recording: RecordedPython = { version, cases }
writeFileSync(join(root, 'test', 'recorded', 'python.json'), `${JSON.stringify(recording, undefined, 2)}\n`)
process.stdout.write(`\n${cases.length} lines of ${version}\n`)
