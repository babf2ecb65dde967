/** Running a PEX: the first time, which unpacks it, and warm, against the same file on native CPython. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { MachinePage } from '../../test/browser/machine-page.ts'
import { launch } from '../../test/support/launch.ts'
import { serveMachineSite } from '../../test/support/machine-site.ts'
import { nativePython } from '../../test/support/native-python.ts'
import { pexBuilder } from '../../test/support/pex-builder.ts'
import { pexFiles, type PexFile } from '../../test/support/pex-files.ts'
import { findBrowser } from '../find-browser.ts'
import { pexRunFiles, runnablePexes } from '../pex-run-cases.ts'
import { sideBySide, type Row } from './row.ts'

declare const page: MachinePage
const rounds = 7
/** Milliseconds for the spare interpreters to come up again. */
const PAUSE = 2500
const names = ['rich.pex', 'venv-boot.pex']

export async function* rows(): AsyncGenerator<Row> {
  const builder = await pexBuilder()
  const files: PexFile[] = []
  for (const each of runnablePexes) if (names.includes(each.name)) files.push(...await pexFiles(builder, each))
  for (const [path, text] of Object.entries(pexRunFiles)) files.push({ path, mode: 0o644, bytes: new TextEncoder().encode(text) })

  const native = await nativeHome(files)
  const site = await serveMachineSite()
  const browser = await launch(await findBrowser())
  try {
    const tab = await (await browser.newContext()).newPage()
    await tab.goto(site.url, { waitUntil: 'commit' })
    await tab.waitForFunction(() => 'page' in globalThis)
    await tab.evaluate(() => page.python())
    const session = await tab.evaluateHandle(() => page.open())
    const run = (line: string) => tab.evaluate(([session, line]) => page.run(session, line), [session, line] as const)
    for (const { path, bytes } of files) {
      const [to, content] = [`/home/user/demo/${path}`, Array.from(bytes)] as const
      await tab.evaluate(([session, to, content]) => session.writeFile(to, new Uint8Array(content)), [session, to, content] as const)
    }
    await run(`chmod +x ${names.join(' ')}`)
    const timed = async (line: string) => {
      await tab.waitForTimeout(PAUSE)
      return (await run(line)).firstByte
    }
    const against = `Enter to first byte at the page, vs native python ${native.version} from process start`
    const cold = await sideBySide(rounds, async () => {
      await run('rm -rf ~/.cache/pex')
      return timed('./rich.pex script.py')
    }, async () => {
      await native.forget()
      return native.firstByte('./rich.pex', 'script.py')
    })
    yield { what: `\`./demo.pex script.py\`, PEX_ROOT empty: ${against}`, goal: 2, unit: 'ms', ...cold }
    const warm = await sideBySide(rounds, () => timed('./rich.pex script.py'), () => native.firstByte('./rich.pex', 'script.py'))
    yield { what: `\`./demo.pex script.py\`, PEX_ROOT filled: ${against}`, goal: 1.5, unit: 'ms', ...warm }
    await Promise.all([run('./venv-boot.pex script.py'), native.firstByte('./venv-boot.pex', 'script.py')])
    const venv = await sideBySide(rounds, () => timed('./venv-boot.pex script.py'), () => native.firstByte('./venv-boot.pex', 'script.py'))
    yield { what: `\`--venv --sh-boot\`, PEX_ROOT filled: ${against}`, goal: 2, unit: 'ms', ...venv }
  } finally {
    await browser.close()
    await site.close()
    await native.close()
  }
}

/** A directory with the files, and a home beside it whose PATH finds one Python, without a version manager's wrapper. */
async function nativeHome(files: PexFile[]) {
  const python = await nativePython({})
  const executable = (await python.run('-c', 'import sys; print(sys.executable)')).trim()
  const base = await mkdtemp(join(tmpdir(), 'pex-bench-'))
  const [bin, demo] = [join(base, 'bin'), join(base, 'demo')]
  await mkdir(bin)
  for (const name of ['python', 'python3']) await symlink(executable, join(bin, name))
  for (const { path, bytes, mode } of files) {
    await mkdir(dirname(join(demo, path)), { recursive: true })
    await writeFile(join(demo, path), bytes, { mode })
  }
  return {
    version: python.version,
    forget: () => rm(join(base, '.cache'), { recursive: true, force: true }),
    firstByte: (command: string, ...args: string[]) => new Promise<number>((resolve, reject) => {
      const began = performance.now()
      let first: number | undefined
      const child = spawn(command, args, { cwd: demo, env: { PATH: `${bin}:/usr/bin:/bin`, HOME: base }, stdio: ['ignore', 'pipe', 'ignore'] })
      child.stdout.once('data', () => { first = performance.now() - began })
      child.once('error', reject)
      child.once('close', () => (first === undefined ? reject(new Error(`${command} printed nothing`)) : resolve(first)))
    }),
    close: async () => {
      await python.close()
      await rm(base, { recursive: true })
    },
  }
}
