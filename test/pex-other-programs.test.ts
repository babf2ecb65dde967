/** What the built program has other programs do, and what not: git tell where a commit stands, a Python fill the caches of a PEX. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledPex, type BundledPex } from './support/bundled-pex.ts'

let bundled: BundledPex

beforeAll(async () => {
  bundled = await bundledPex()
})
afterAll(() => bundled.remove())

const pex = (words: readonly string[], more: NodeJS.ProcessEnv = {}) => {
  const { base, program, links, environment } = bundled
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--no-pypi', '--find-links', links, ...words], { cwd: base, encoding: 'utf8', env: { ...environment, ...more } })
  return { status, stdout, stderr }
}

const python = (...words: string[]) => execFileSync('python3', words, { cwd: bundled.base, encoding: 'utf8', env: bundled.environment })

test('--seed prints where the PEX starts once a Python has unpacked it', () => {
  const { status, stdout, stderr } = pex(['idna', '--seed', 'verbose', '--pex-root', 'root', '-o', 'seeded.pex'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const told = JSON.parse(stdout) as Record<string, string>
  expect(told).toMatchObject({ seeded_from: 'seeded.pex', pex_root: join(bundled.base, 'root') })
  expect(python(told.pex!, '-c', 'import idna; print(idna.__file__)')).toContain(join(bundled.base, 'root'))
  expect(pex(['idna', '--seed', '--venv', '--pex-root', 'root', '-o', 'seeded.pex'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/\/root\/venvs\/.*\/pex\n$/) as string })
  expect(pex(['idna', '--seed', '--layout', 'loose', '-o', 'loose.pex'])).toMatchObject({ status: 0, stdout: 'loose.pex/__main__.py\n' })
}, 120_000)

test('--record-git-state asks git, and does without what it does not tell', () => {
  const directory = join(bundled.base, 'programs')
  mkdirSync(directory)
  writeFileSync(join(directory, 'git'), '#!/bin/sh\ncase "$*" in\n*--exact-match) echo no tag >&2; exit 128 ;;\n*HEAD) exit 1 ;;\n*) echo "asked for: $*"\nesac\n', { mode: 0o755 })
  const { status, stdout, stderr } = pex(['--record-git-state', '--build-property', 'a=1', '-o', 'git.pex'], { PATH: `${directory}:${process.env.PATH}` })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'git.pex\n', stderr: "Failed to gather 'commit' git state for build properties.\n" })
  const info = JSON.parse(python('-c', 'import zipfile; print(zipfile.ZipFile("git.pex").read("PEX-INFO").decode())')) as { build_properties: Record<string, unknown> }
  expect(info.build_properties).toMatchObject({ a: 1, git_state: { branch: 'asked for: branch --show-current', description: 'asked for: describe --always --dirty --long', tag: '' } })
})

test('--compile is refused: the Python here need not be the one that the PEX is for', () => {
  const stderr = "--compile is not supported: it needs the bytecode compiler of the target's own Python: leave it out, the first run compiles.\n"
  expect(pex(['idna', '--compile', '-o', 'compiled.pex'])).toEqual({ status: 1, stdout: '', stderr })
  expect(pex(['--help']).stdout.replace(/\s+/g, ' ')).toContain("Whether Python code is compiled. Not supported: it needs the bytecode compiler of the target's own Python")
})
