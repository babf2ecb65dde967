/** Resolving alone, warm: our process beside `uv pip compile --offline` on the same wheels, and what of ours is the search itself. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { zipSync } from 'fflate'
import { formatCompletePlatform } from '../../engine/packaging/target.ts'
import { deepUniverse } from '../../test/support/deep-universe.ts'
import { describedFile, describedMetadata } from '../../test/support/memory-index.ts'
import { linux } from '../../test/support/resolving.ts'
import { fetchWheels } from '../fetch-wheels.ts'
import { root } from '../root.ts'
import { median, sideBySide, type Row } from './row.ts'

const rounds = 7
const uvVersion = '0.13.9'
const run = promisify(execFile)
const options = { maxBuffer: 1 << 26, timeout: 300_000 }

interface Found {
  milliseconds: number
  rounds: number
  fetches: number
  pins: string[]
}

/** uv by pip, in an environment that is kept; undefined where pip cannot bring it. */
const findUv = async (): Promise<string | undefined> => {
  const venv = join(root, '.cache', 'bench', `uv-${uvVersion}`)
  const uv = join(venv, 'bin', 'uv')
  if (existsSync(uv)) return uv
  try {
    await run('python3', ['-m', 'venv', venv], options)
    await run(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `uv==${uvVersion}`], options)
    return uv
  } catch (error) {
    await rm(venv, { recursive: true, force: true })
    process.stdout.write(`(uv ${uvVersion} cannot be had by pip, so nothing is compared to it: ${String(error).split('\n')[0]})\n`)
    return undefined
  }
}

/** A wheel with nothing in it but metadata. */
const writeWheels = async (directory: string, universe: ReturnType<typeof deepUniverse>): Promise<void> => {
  await mkdir(directory)
  for (const wheel of universe.wheels) {
    const info = `${wheel.name}-${wheel.version}.dist-info`
    const text = (lines: string) => new TextEncoder().encode(lines)
    const bytes = zipSync({
      [`${info}/METADATA`]: describedMetadata(wheel),
      [`${info}/WHEEL`]: text('Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      [`${info}/RECORD`]: text(''),
    })
    await writeFile(join(directory, describedFile(wheel).fileName), bytes)
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export async function* rows(): AsyncGenerator<Row> {
  const base = await mkdtemp(join(tmpdir(), 'resolver-'))
  try {
    const uv = await findUv()
    const bundle = join(base, 'resolve.mjs')
    const entryPoints = [join(root, 'scripts', 'resolve-directory.ts')]
    await build({ entryPoints, outfile: bundle, bundle: true, platform: 'node', format: 'esm', minify: true, logLevel: 'error' })
    const platforms = ['manylinux_2_28', 'manylinux_2_17', 'manylinux2014', 'manylinux_2_5', 'manylinux1'].map(name => `${name}_x86_64`)
    const tags = ['cp311-cp311', 'cp311-abi3', 'cp311-none', 'py3-none'].flatMap(tag => platforms.map(platform => `${tag}-${platform}`))
    const target = join(base, 'target.json')
    await writeFile(target, formatCompletePlatform({ ...linux, tags: [...tags, 'py311-none-any', 'py3-none-any'] }))

    const measure = async (what: string, directory: string, requirements: readonly string[]): Promise<Row[]> => {
      const found: Found[] = []
      const ours = () => timed(async () => {
        const { stdout } = await run(process.execPath, [bundle, target, directory, ...requirements], options)
        found.push(JSON.parse(stdout) as Found)
      })
      const asked = join(base, 'asked.in')
      await writeFile(asked, `${requirements.join('\n')}\n`)
      const args = [
        'pip', 'compile', '--quiet', '--offline', '--no-index', '--find-links', directory, '--cache-dir', join(base, 'uv'),
        '--python-version', '3.11', '--python-platform', 'x86_64-manylinux_2_28', '--only-binary', ':all:', asked,
      ]
      const theirs = () => timed(() => run(uv!, args, options))
      await ours()
      if (uv !== undefined) await theirs()
      found.length = 0
      const whole = uv === undefined ? { ours: median([await ours(), await ours(), await ours()]) } : await sideBySide(rounds, ours, theirs)
      const [{ pins, rounds: turns, fetches }] = found as [Found]
      const note = `${pins.length} distributions, ${turns} rounds, ${fetches} fetches; beside uv ${uvVersion}`
      return [
        { what: `${what}: process`, goal: 'report', unit: 'ms', ...whole, note },
        { what: `${what}: the resolve in it`, goal: 'report', unit: 'ms', ours: median(found.map(({ milliseconds }) => milliseconds)) },
      ]
    }

    const wheels = fetchWheels()
    const universe = deepUniverse(300)
    await writeWheels(join(base, 'deep'), universe)
    yield* await measure('resolve what the tests\' wheels are of', dirname([...wheels.values()][0]!), [...wheels.keys()])
    yield* await measure('resolve 300 projects with a deep conflict', join(base, 'deep'), universe.roots)
  } finally {
    await rm(base, { recursive: true, force: true })
  }
}
