/** The built CLI beside the real pex: whole processes, the same wheels, warm caches, the same Python to build for. */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { openMachineTab } from '../../test/support/machine-tab.ts'
import { bundlePex } from '../bundle-pex.ts'
import { fetchWheels } from '../fetch-wheels.ts'
import { findBrowser } from '../find-browser.ts'
import { root } from '../root.ts'
import { median, sideBySide, type Row } from './row.ts'

const rounds = 7
const run = promisify(execFile)

const sets: { what: string; goal: number; requirements: string[] }[] = [
  { what: 'requests', goal: 0.12, requirements: ['requests'] },
  { what: 'django', goal: 0.15, requirements: ['django'] },
  {
    what: '31 distributions', goal: 0.15,
    requirements: ['attrs', 'cffi', 'django', 'docutils', 'flask', 'gunicorn', 'jaraco-functools', 'pydantic', 'pyserial', 'pyyaml', 'requests', 'rich', 'six'],
  },
  { what: '70 MB of wheels', goal: 0.15, requirements: ['numpy', 'pandas', 'scipy', 'cryptography'] },
]

/** The real pex of scripts/wheels.txt, in an environment that is kept. */
const realPex = async (wheel: string): Promise<string> => {
  const venv = join(root, '.cache', 'bench', basename(wheel).split('-').slice(0, 2).join('-'))
  const pex = join(venv, 'bin', 'pex')
  if (existsSync(pex)) return pex
  await run('python3', ['-m', 'venv', venv])
  await run(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', wheel])
  return pex
}

export async function* rows(): AsyncGenerator<Row> {
  const wheels = new Map([...fetchWheels(), ...fetchWheels('large-wheels.txt')])
  const home = join(root, '.cache', 'bench', 'pex-home')
  const links = join(home, 'links')
  rmSync(links, { recursive: true, force: true })
  mkdirSync(links, { recursive: true })
  for (const path of wheels.values()) copyFileSync(path, join(links, basename(path)))
  const real = await realPex(wheels.get('pex')!)
  const bundle = join(home, 'pex.cjs')
  await bundlePex(home)
  const env = { ...process.env, HOME: home, PATH: `${join(real, '..')}:${process.env.PATH ?? ''}` }
  const arguments_ = (requirements: readonly string[], name: string) => ['--no-pypi', '--find-links', links, ...requirements, '-o', join(home, name)]
  const timed = (command: string, words: readonly string[]) => async () => {
    const begun = performance.now()
    await run(command, words, { env, cwd: home })
    return performance.now() - begun
  }
  /** In MB; see the script. */
  const memory = async (command: string, words: readonly string[]) => {
    const { stdout } = await run('python3', [join(root, 'scripts', 'bench', 'tree-memory.py'), command, ...words], { env, cwd: home })
    return JSON.parse(stdout) as { largest: number; shared: number }
  }
  for (const { what, goal, requirements } of sets) {
    const ours = [bundle, ...arguments_(requirements, 'ours.pex')]
    const theirs = arguments_(requirements, 'theirs.pex')
    for (const warm of [timed(process.execPath, ours), timed(real, theirs)]) await warm()
    yield { what: `pex: ${what}`, goal, unit: 'ms', ...await sideBySide(rounds, timed(process.execPath, ours), timed(real, theirs)) }
    // Ours is one process, with all that it shares with others; of the real one's several at least what they do not share.
    const [own, other] = [await memory(process.execPath, ours), await memory(real, theirs)]
    const row = { ours: own.largest, unit: 'MB' as const }
    yield { ...row, what: `pex: ${what}, peak memory of all processes`, goal: what.startsWith('70') ? 1 : 'report', theirs: other.shared, ratio: own.largest / other.shared }
    yield { ...row, what: `pex: ${what}, peak memory of the largest process`, goal: 'report', theirs: other.largest, ratio: own.largest / other.largest }
  }
  yield inChromium(timed(real, arguments_(['requests'], 'theirs.pex')))
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) bare.push(await timed(process.execPath, ['-e', '0'])())
  yield { what: 'pex: bare `node -e 0`', goal: 'report', unit: 'ms', ours: median(bare), note: `${(await memory(process.execPath, ['-e', '0'])).largest.toPrecision(3)} MB` }
}

/** From Enter to the prompt in the machine of a page; the wheels were brought the first time. */
const inChromium = async (real: () => Promise<number>): Promise<Row> => {
  const machine = await openMachineTab(await findBrowser())
  const run = async (line: string) => {
    const { output, status, total } = await machine.run(line)
    if (status !== 0) throw new Error(output)
    return total
  }
  try {
    for (const line of ['pipx install pex', 'pex requests -o demo.pex']) await run(line)
    return {
      what: 'pex: in Chromium, Enter on `pex requests -o demo.pex` to the prompt, wheels brought before', goal: 0.25, unit: 'ms',
      ...await sideBySide(rounds, () => run('pex requests -o demo.pex'), real),
    }
  } finally {
    await machine.close()
  }
}
