/** The program as a process: an interrupt while it writes ends it, and nothing half-written stays. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundlePex } from '../scripts/bundle-pex.ts'
import { fetchWheels } from '../scripts/fetch-wheels.ts'

const base = mkdtempSync(join(tmpdir(), 'pex-interrupt-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

test.each(['Resolving', 'Fetching', 'Installing', 'Saving'])('SIGINT at %s', async stage => {
  const program = join(base, 'pex.cjs')
  await bundlePex(base)
  const directory = mkdtempSync(join(base, 'user-'))
  writeFileSync(join(directory, 'out.pex'), 'as it was')
  const words = ['-v', '--no-pypi', '--find-links', dirname(fetchWheels().get('django')!), 'django', 'numpy', '-o', 'out.pex']
  const child = spawn(process.execPath, [program, ...words], { cwd: directory, env: { ...process.env, HOME: base } })
  let said = ''
  let sent = false
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (sent || !said.includes(`pex: ${stage}`)) return
    sent = true
    child.kill('SIGINT')
  })
  const status = await new Promise(resolve => child.on('close', resolve))
  expect({ status, sent }).toEqual({ status: 130, sent: true })
  expect(said.split('\n').filter(line => line !== '' && !line.startsWith('pex: '))).toEqual([])
  expect(readdirSync(directory)).toEqual(['out.pex'])
  expect(readFileSync(join(directory, 'out.pex'), 'utf8')).toBe('as it was')
}, 120_000)
