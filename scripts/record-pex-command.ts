/**
 * Records what the real pex prints, returns and writes for the command lines of scripts/pex-command-cases.ts into test/recorded/pex-command.json.
 * What is recorded already stays, unless --all says otherwise.
 * Usage: tsx scripts/record-pex-command.ts PATH_OF_PYTHON3.11 [--all]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { layCommandPlace } from '../test/support/command-home.ts'
import { layVenvs } from '../test/support/lay-venvs.ts'
import { describeOutputs, layCommandFiles, linesOf, saidOf, warningsOf, wholeLine, type RecordedCommand } from '../test/support/pex-command-parts.ts'
import { fetchWheels } from './fetch-wheels.ts'
import { commandCases } from './pex-command-cases.ts'
import { root } from './root.ts'

const python = process.argv[2]
if (!python) {
  process.stderr.write('usage: tsx scripts/record-pex-command.ts PATH_OF_PYTHON3.11\n')
  process.exit(2)
}
const { base, links, remove } = await layCommandPlace()
const wheels = fetchWheels()

const environment = { PATH: join(base, 'venv/bin'), HOME: base, LANG: 'C.UTF-8', TZ: 'UTC', TMPDIR: '/tmp', COLUMNS: '80' }
const run = (command: string, args: string[], cwd: string) => spawnSync(command, args, { cwd, encoding: 'utf8', env: environment, timeout: 120_000 })
run(python, ['-m', 'venv', join(base, 'venv')], base)
const installed = run(join(base, 'venv/bin/python'), ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', wheels.get('pex')!], base)
if (installed.status !== 0) throw new Error(installed.stderr)

await layVenvs({ base, links, remove }, realpathSync(python))

const said = run(join(base, 'venv/bin/python'), ['-sE', '-c', readFileSync(join(root, 'bin/inspect.py'), 'utf8')], base)
const inspected = { ...JSON.parse(said.stdout) as Record<string, unknown>, path: '<python>' }
const fixture = join(root, 'test/recorded/pex-command.json')
const before = process.argv.includes('--all') || !existsSync(fixture)
  ? []
  : (JSON.parse(readFileSync(fixture, 'utf8')) as { recorded: RecordedCommand[] }).recorded
const recorded: RecordedCommand[] = []
for (const { args } of commandCases) {
  const known = before.find(each => JSON.stringify(each.args) === JSON.stringify(args))
  if (known) {
    recorded.push(known)
    continue
  }
  const user = join(base, 'user')
  rmSync(user, { recursive: true, force: true })
  layCommandFiles(user)
  const answers = linesOf(args).map(line => run('pex', wholeLine(line, links), user))
  const { status, stdout, stderr } = answers.at(-1)!
  recorded.push({ args, status: status ?? -1, stdout, says: saidOf(stderr, { base, links }), warnings: warningsOf(stderr), outputs: await describeOutputs(user, args) })
  process.stdout.write('.')
}
process.stdout.write('\n')
const version = basename(wheels.get('pex')!).split('-')[1]
const lines = recorded.map(each => JSON.stringify(each)).join(',\n')
writeFileSync(fixture, `{"pex": "${version}", "inspected": ${JSON.stringify(inspected)},\n"recorded": [\n${lines}\n]}\n`)
remove()
