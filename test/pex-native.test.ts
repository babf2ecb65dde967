/** What the engine builds, compressed, is started by the real Python: as a zipapp, in a venv, by `sh`, with the real pex's tools, loose. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { portableDigests as digests } from '../engine/install/digests.ts'
import type { PexInput } from '../engine/pex/assemble-pex.ts'
import { describePex } from '../engine/pex/describe-pex.ts'
import { loosePex, packedPex, zipapp } from '../engine/pex/lay-out-pex.ts'
import { collect, pexBuilder, type PexBuilder } from './support/pex-builder.ts'

const directory = mkdtempSync(join(tmpdir(), 'pex-native-'))
const env = { PATH: process.env.PATH, HOME: directory, PEX_ROOT: join(directory, 'root') }
const call = promisify(execFile)
let builder: PexBuilder

beforeAll(async () => {
  builder = await pexBuilder()
})
afterAll(() => rmSync(directory, { recursive: true }))

/** `rich` and what it needs, which run on every Python; where it was written to. */
const build = async (name: string, input: Pick<PexInput, 'settings' | 'shBoot' | 'layout'>): Promise<string> => {
  const settings = { requirements: ['rich'], ...input.settings }
  const pex = await builder.assemble({ name, flags: [], wheels: ['rich', 'pygments', 'markdown_it_py', 'mdurl'], input: { ...input, settings } })
  const path = join(directory, name)
  if (!input.layout || input.layout === 'zipapp') {
    writeFileSync(path, await collect(zipapp(pex, { compress: true })))
    chmodSync(path, 0o755)
    return path
  }
  for (const { path: inside, mode, data } of input.layout === 'loose' ? loosePex(pex) : packedPex(pex, { compress: true })) {
    mkdirSync(dirname(join(path, inside)), { recursive: true })
    writeFileSync(join(path, inside), await collect(data), { mode })
  }
  return path
}

const code = 'import rich.text, pygments; print(rich.text.Text("it runs").plain)'

test.each([
  ['zipapp', {}],
  ['venv', { settings: { venv: true } }],
  ['packed', { layout: 'packed' }],
  ['loose', { layout: 'loose' }],
] as const)('python3 runs: %s', async (name, input) => {
  const { stdout } = await call('python3', [await build(name, input), '-c', code], { env })
  expect(stdout).toBe('it runs\n')
})

test.each([
  ['sh-boot', { shBoot: true }],
  ['sh-boot-venv', { shBoot: true, settings: { venv: true } }],
] as const)('sh starts: %s', async (name, input) => {
  const path = await build(name, input)
  for (const _ of ['cold', 'warm']) expect((await call('sh', [path, '-c', code], { env })).stdout).toBe('it runs\n')
})

test('the tools that it includes read it', async () => {
  const path = await build('tools', { settings: { includes_tools: true } })
  const tools = { env: { ...env, PEX_TOOLS: '1' } }
  const { pex_root: _, ...info } = JSON.parse((await call('python3', [path, 'info'], tools)).stdout) as Record<string, unknown>
  const described = await describePex({ name: 'tools', file: bytesAsSource(new Uint8Array(readFileSync(path))) }, digests)
  expect(described.info).toEqual(info)
  expect(info).toMatchObject({ requirements: ['rich'], includes_tools: true })
  expect((await call('python3', [path, 'graph'], tools)).stdout).toContain('digraph')
  const venv = join(directory, 'made')
  await call('python3', [path, 'venv', venv], tools)
  expect((await call(join(venv, 'bin', 'python'), ['-c', code], { env })).stdout).toBe('it runs\n')
})
