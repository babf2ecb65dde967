/** Re-records test/recorded/builtins.json from bash and coreutils: `npx tsx scripts/record-builtins.ts`. */
import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordedText } from '../test/support/replay.ts'
import { echoCases, printfCases, testCases } from './builtin-cases.ts'

const directory = mkdtempSync(join(tmpdir(), 'record-'))
chownSync(directory, 1000, 1000)
writeFileSync(join(directory, 'f'), '')
chownSync(join(directory, 'f'), 1000, 1000)

function record(dialect: 'bash' | 'coreutils', name: string, args: string[]) {
  // bash says where a message comes from; this $0 and line are taken off again.
  const command = dialect === 'bash' ? ['bash', '-c', `${name} "$@"`, 'x', ...args] : [name, ...args]
  const run = spawnSync('setpriv', ['--reuid=1000', '--regid=1000', '--clear-groups', ...command], {
    cwd: directory, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  })
  if (run.error) throw run.error
  const messages = run.stderr.toString().split('\n').filter(Boolean).map((line) => line.replace(dialect === 'bash' ? `x: line 1: ${name}: ` : `${name}: `, ''))
  return { dialect, name, args, status: run.status, stdout: recordedText(run.stdout), messages }
}

const argumentsOfTest = testCases.map((line) => line.split(' ').map((word) => (word === "''" ? '' : word)))
const cases = (['bash', 'coreutils'] as const).flatMap((dialect) => [
  ...printfCases.map((args) => record(dialect, 'printf', args)),
  ...argumentsOfTest.map((args) => record(dialect, 'test', args)),
  ...echoCases.map((args) => record(dialect, 'echo', args)),
])
rmSync(directory, { recursive: true })
writeFileSync(new URL('../test/recorded/builtins.json', import.meta.url), `${JSON.stringify(cases, undefined, 1)}\n`)
