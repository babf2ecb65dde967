/** The program as Node starts it: compiled once, whatever has become of what is kept. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundlePex } from '../scripts/bundle-pex.ts'

const base = mkdtempSync(join(tmpdir(), 'pex-program-'))
beforeAll(() => bundlePex(base))
afterAll(() => rmSync(base, { recursive: true, force: true }))

test('what is kept of its compiling is used, and made again where it is damaged or cannot be kept', () => {
  const run = (home = base, program = 'pex') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(base, `${program}.cjs`), '--bogus'], { encoding: 'utf8', env: { ...process.env, HOME: home, XDG_CACHE_HOME: undefined } })
    return { status, stdout, says: stderr.trimEnd().split('\n').at(-1) }
  }
  const expected = { status: 2, stdout: '', says: 'pex: error: unrecognized arguments: --bogus' }
  const directory = join(base, '.cache/pex-pectations/compiled')
  expect(run()).toEqual(expected)
  const [name, ...others] = readdirSync(directory)
  expect(others).toEqual([])
  const kept = readFileSync(join(directory, name!))
  expect(run()).toEqual(expected)
  expect(readFileSync(join(directory, name!)).equals(kept)).toBe(true)
  writeFileSync(join(directory, name!), 'not what V8 wrote')
  expect(run()).toEqual(expected)
  expect(readFileSync(join(directory, name!)).length).toBeGreaterThan(kept.length / 2)
  expect(run('/dev/null')).toEqual(expected)
  expect(run(base, 'pex3')).toMatchObject({ status: 2, says: expect.stringContaining('pex3') as string })
}, 60_000)

test.each([['out', 141], ['err', 2]] as const)('nobody reads its std%s', async (end, status) => {
  const child = spawn(process.execPath, [join(base, 'pex.cjs'), end === 'out' ? '--help' : '--bogus'], { env: { ...process.env, HOME: base, XDG_CACHE_HOME: undefined } })
  child[`std${end}`].destroy()
  const told: Buffer[] = []
  child[end === 'out' ? 'stderr' : 'stdout'].on('data', (chunk: Buffer) => told.push(chunk))
  expect(await new Promise(resolve => child.on('close', resolve))).toBe(status)
  expect(Buffer.concat(told).toString()).toBe('')
}, 60_000)
