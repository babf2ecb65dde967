import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { asOnTheMachine, type RecordedPython, type RecordedPythonCase } from '../test/support/recorded-python.ts'
import { root } from './root.ts'

/**
 * The CPython that `script` was given on its command line, in a home of its own with a demo directory and no other Python: a PEX takes any
 * that it finds.
 */
export function realPython(script: string) {
  const given = process.argv[2]
  if (!given) {
    process.stderr.write(`usage: tsx scripts/${script} PATH_OF_PYTHON3\n`)
    process.exit(2)
  }
  const python = realpathSync(given)
  const version = spawnSync(python, ['-V'], { encoding: 'utf8' }).stdout.trim()
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'real-python-')))
  const [bin, demo] = [join(base, 'bin'), join(base, 'demo')]
  mkdirSync(bin)
  for (const name of ['python', 'python3']) symlinkSync(python, join(bin, name))
  for (const name of readdirSync('/usr/bin')) if (!/^(?:python|pypy)/.test(name)) symlinkSync(join('/usr/bin', name), join(bin, name))
  const clean = (text: string) => asOnTheMachine(text, { demo, bin, python, home: base })

  return {
    /** Empties the demo directory. */
    clear: () => rmSync(demo, { recursive: true, force: true }),
    put(path: string, content: Uint8Array | string, mode = 0o644) {
      mkdirSync(dirname(join(demo, path)), { recursive: true })
      writeFileSync(join(demo, path), content, { mode })
    },
    /** What bash does with a line in the demo directory. */
    run(line: string): RecordedPythonCase {
      const { stdout, stderr, status } = spawnSync('bash', ['-c', line], {
        cwd: demo, input: '', encoding: 'utf8', timeout: 60_000,
        env: { PATH: bin, HOME: base, LANG: 'C.UTF-8', TZ: 'UTC', TERM: 'xterm-256color', USER: 'user' },
      })
      process.stdout.write('.')
      return { line, stdout: clean(stdout), stderr: clean(stderr), status: status ?? -1 }
    },
    /** Writes the recording into test/recorded, and removes the home. */
    record(name: string, cases: RecordedPythonCase[]) {
      rmSync(base, { recursive: true })
      const recording: RecordedPython = { version, cases }
      writeFileSync(join(root, 'test', 'recorded', name), `${JSON.stringify(recording, undefined, 2)}\n`)
      process.stdout.write(`\n${cases.length} lines of ${version}\n`)
    },
  }
}
