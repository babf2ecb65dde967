/** The program as a process: an interrupt while it writes ends it, and nothing half-written stays. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledPex, type BundledPex } from './support/bundled-pex.ts'

let bundled: BundledPex

beforeAll(async () => {
  bundled = await bundledPex()
})
afterAll(() => bundled.remove())

test.each([['SIGINT', 'Resolving', 130], ['SIGTERM', 'Fetching', 143], ['SIGINT', 'Installing', 130], ['SIGINT', 'Saving', 130]] as const)('%s at %s', async (signal, stage, expected) => {
  const { base, program, links, environment } = bundled
  const directory = mkdtempSync(join(base, 'user-'))
  writeFileSync(join(directory, 'out.pex'), 'as it was')
  const words = ['-v', '--no-pypi', '--find-links', links, 'django', 'numpy', '-o', 'out.pex']
  const child = spawn(process.execPath, [program, ...words], { cwd: directory, env: environment })
  let said = ''
  let sent = false
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (sent || !said.includes(`pex: ${stage}`)) return
    sent = true
    child.kill(signal)
  })
  const status = await new Promise(resolve => child.on('close', resolve))
  expect({ status, sent }).toEqual({ status: expected, sent: true })
  expect(said.split('\n').filter(line => line !== '' && !line.startsWith('pex: '))).toEqual([])
  expect(readdirSync(directory)).toEqual(['out.pex'])
  expect(readFileSync(join(directory, 'out.pex'), 'utf8')).toBe('as it was')
}, 120_000)
