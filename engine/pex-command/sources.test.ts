/** Distributions that come from other places than an index, and entry points that are tried. Each beside the same PEX made the plain way. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, layCommandPlace, type CommandPlace, type Said } from '../../test/support/command-home.ts'
import { bytesAsSource } from '../archive/byte-source.ts'
import { readPexFile } from '../pex/read-pex.ts'
import { pexCommand } from './pex-command.ts'
import type { PexHome } from './pex-home.ts'

const { inspected } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as { inspected: Inspected }
let place: CommandPlace

beforeAll(async () => {
  place = await layCommandPlace()
}, 300_000)
afterAll(() => place.remove())

const pex = async (words: string[], more: Partial<PexHome> = {}) => {
  const said: Said = { output: [], errors: [] }
  const home = await commandHome(place, inspected, place.base, said)
  const status = await pexCommand(['--no-pypi', '--find-links', place.links, '--no-compress', ...words], { ...home, ...more })
  return { status, errors: said.errors.join('') }
}
const made = (name: string) => readFileSync(join(place.base, name))
const info = async (name: string) => (await readPexFile(bytesAsSource(new Uint8Array(made(name))))).info

test.each([['zipapp'], ['packed'], ['loose']])('--requirements-pex takes the distributions of a %s PEX', async layout => {
  expect(await pex(['idna', '--layout', layout, '-o', layout])).toEqual({ status: 0, errors: '' })
  expect(await pex(['certifi', '--requirements-pex', layout, '-c', 'idna', '-o', 'both.pex'])).toEqual({ status: 0, errors: '' })
  expect(await pex(['certifi', 'idna', '-c', 'idna', '-o', 'plain.pex'])).toEqual({ status: 0, errors: '' })
  expect(made('both.pex').equals(made('plain.pex'))).toBe(true)
}, 120_000)

test('what is left out of a PEX stays left out; one of whole wheels gives whole wheels and installed ones', async () => {
  await pex(['requests', '--exclude', 'certifi', '--no-pre-install-wheels', '-o', 'wheels.pex'])
  expect(await pex(['--requirements-pex', 'wheels.pex', '-o', 'again.pex'])).toEqual({ status: 0, errors: '' })
  expect(await pex(['requests', '--exclude', 'certifi', '-o', 'straight.pex'])).toEqual({ status: 0, errors: '' })
  const [again, straight] = [await info('again.pex'), await info('straight.pex')]
  expect(Object.keys(again.distributions as object)).toEqual(Object.keys(straight.distributions as object))
  expect(again.distributions).toEqual((await info('wheels.pex')).distributions)
  expect(await pex(['--requirements-pex', 'nothing.pex', '-o', 'x.pex'])).toEqual({ status: 1, errors: "[Errno 2] No such file or directory: 'nothing.pex'\n" })
}, 120_000)

test('--python-path is where --python is looked for: directories, and Pythons themselves', async () => {
  const at = (path: string): Partial<PexHome> => ({
    python: async name => {
      const python = await (await commandHome(place, inspected, place.base, { output: [], errors: [] })).python()
      return name === path ? python && { ...python, path } : undefined
    },
  })
  const bin = join(place.base, 'pythons')
  mkdirSync(bin)
  for (const name of ['python3.11', 'python3.12']) writeFileSync(join(bin, name), '')
  const named = (name: string, path: string, home: Partial<PexHome>) => pex(['idna', '--python', name, '--python-path', path, '-o', 'named.pex'], home)
  expect(await named('python3.11', 'nothing:pythons', at(`${bin}/python3.11`))).toEqual({ status: 0, errors: '' })
  expect(await named('python3.12', `${bin}/python3.11:${bin}/python3.12`, at(`${bin}/python3.12`))).toEqual({ status: 0, errors: '' })
  expect(await named('pythons/python3.11', 'nothing', at('pythons/python3.11'))).toEqual({ status: 0, errors: '' })
  expect(await named('python3.11', 'nothing', at('python3.11'))).toEqual({ status: 1, errors: 'Failed to find interpreter: python3.11\n' })
  expect(await pex(['idna', '--interpreter-constraint', '>=3.9', '--python-path', bin, '-o', 'x.pex']))
    .toEqual({ status: 1, errors: '--python-path is not supported beside --interpreter-constraint: it asks all Pythons there what they are: name each with --python\n' })
}, 120_000)

test('--pre-resolved-dist chooses from what is named alone', async () => {
  const idna = join(place.links, 'idna-3.20-py3-none-any.whl')
  expect(await pex(['idna', '--pre-resolved-dist', idna, '-o', 'own.pex'])).toEqual({ status: 0, errors: '' })
  expect(Object.keys((await info('own.pex')).distributions as object)).toEqual(['idna-3.20-py3-none-any.whl'])
  const { status, errors } = await pex(['requests', '--pre-resolved-dist', idna, '-o', 'x.pex'])
  expect({ status, errors }).toEqual({ status: 1, errors: expect.stringContaining('No matching distribution found for requests\n') as string })
}, 120_000)

test('--venv-repository refuses what no wheel can be told of, and without a value takes the environment at hand', async () => {
  const venv = join(place.base, 'venvs/by-hand')
  const site = join(venv, 'lib/python3.11/site-packages')
  const lay = (path: string, text = '') => {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
  for (const name of ['edited', 'bare', 'wide', 'whole']) {
    lay(join(site, `${name}-1.0.dist-info/METADATA`), `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`)
    lay(join(site, `${name}-1.0.dist-info/WHEEL`), 'Root-Is-Purelib: true\nTag: py3.py2-none-any\n')
    if (name !== 'bare') lay(join(site, `${name}-1.0.dist-info/RECORD`), name === 'wide' ? '../../../../../links,,\n../../../../outside.py,,\n' : `${name}-1.0.dist-info/RECORD,,\n`)
  }
  lay(join(place.base, 'venvs/outside.py'))
  lay(join(site, 'edited-1.0.dist-info/direct_url.json'), '{"dir_info": {"editable": true}, "url": "file:///somewhere"}')
  lay(join(site, 'old-1.0-py3.11.egg-info'))
  lay(join(venv, 'bin/python'))
  const said = async (project: string) => (await pex([project, '-o', 'x.pex', '--venv-repository', venv])).errors
  expect(await said('edited')).toBe(`edited at ${venv} is installed as editable, which a PEX cannot hold: build it with \`pip wheel\` and install the wheel there\n`)
  expect(await said('old')).toBe(`old at ${venv} was not installed from a wheel: build it with \`pip wheel\` and install the wheel there\n`)
  expect(await said('bare')).toContain('bare-1.0-py2.py3-none-any.whl: has no bare-1.0.dist-info/RECORD where it is installed: install it again with pip\n')
  expect(await said('wide')).toContain('has ../../../../outside.py in its RECORD, which lies outside of the environment that it is installed in\n')

  const none = await pex(['whole', '-o', 'x.pex', '--venv-repository'])
  expect({ status: none.status, errors: none.errors }).toEqual({ status: 2, errors: expect.stringContaining('nor is the current directory a venv.\nYou\'ll need to specify') as string })
  lay(join(venv, 'pyvenv.cfg'))
  const home = await commandHome(place, inspected, place.base, { output: [], errors: [] })
  const within: Partial<PexHome> = { python: async name => home.python(name ?? join(venv, 'bin/python')) }
  expect(await pex(['whole', '-o', 'whole.pex', '--venv-repository'], within)).toEqual({ status: 0, errors: '' })
  expect((await info('whole.pex')).requirements).toEqual(['whole'])
}, 120_000)

test('--validate-entry-point has a Python import it before anything is written', async () => {
  const asked: unknown[] = []
  const run = (answer: number): PexHome['run'] => (path, [, script], variables) => {
    asked.push([path, readFileSync(script!, 'utf8'), variables])
    return Promise.resolve(answer)
  }
  expect(await pex(['idna', '-e', 'idna:encode', '--validate-entry-point', '-o', 'good.pex'], { run: run(0) })).toEqual({ status: 0, errors: '' })
  expect(await pex(['idna', '-m', 'idna.nothing', '--validate-entry-point', '-o', 'bad.pex'], { run: run(1) })).toEqual({
    status: 1, errors: 'Invalid entry point: `idna.nothing`\nEntry point verification failed: `import idna.nothing`\n',
  })
  expect(asked).toEqual([
    [inspected.path, 'from idna import encode', { PEX_INTERPRETER: '1' }], [inspected.path, 'import idna.nothing', { PEX_INTERPRETER: '1' }],
  ])
  expect(() => made('bad.pex')).toThrow('ENOENT')
}, 120_000)

test('where sh finds a venv depends on the PEXes of --pex-path', async () => {
  await pex(['idna', '-o', 'beside.pex'])
  for (const [name, path] of [['one.pex', []], ['two.pex', ['--pex-path', 'beside.pex']]] as const) {
    expect(await pex(['certifi', '--venv', '--sh-boot', ...path, '-o', name])).toMatchObject({ status: 0 })
  }
  const place = (name: string) => /venvs\/3\/[0-9a-f]{40}\/([0-9a-f]{40})/.exec(made(name).toString('latin1'))![1]
  expect(place('one.pex')).not.toBe(place('two.pex'))
}, 120_000)

test('--uploaded-prior-to leaves out what an index got later; local time without a zone', async () => {
  const page = (version: string, time?: string) => ({
    fileName: `idna-${version}-py3-none-any.whl`, url: `https://one.example/idna-${version}-py3-none-any.whl`, hashes: {}, requiresPython: undefined, yanked: undefined,
    size: undefined, uploadTime: time, metadata: undefined, listedBy: 'https://one.example/',
  })
  const asked = async (limit: string, files: ReturnType<typeof page>[], more: Partial<PexHome> = {}) => {
    const index = { places: ['https://one.example/'], project: async () => files, metadata: () => Promise.reject(new Error()), fetchFile: () => Promise.reject(new Error()) }
    return (await pex(['idna', '--uploaded-prior-to', limit, '-o', 'x.pex'], { index: () => index, ...more })).errors
  }
  const files = [page('1.0', '2024-01-01T10:00:00Z')]
  expect(await asked('2024-01-01T10:00Z', files)).toContain('idna 1.0 came to the index on 2024-01-01T10:00:00Z, which --uploaded-prior-to leaves out.')
  expect(await asked('2024-01-01T11:00', files, { minutesAhead: () => 60 })).toContain('idna 1.0 came')
  expect(await asked('P3D', [page('1.0', new Date(Date.now() - 2 * 86_400_000).toISOString())])).toContain('idna 1.0 came')
  expect(await asked('P3D', [page('1.0')])).toBe('pip: ERROR: Index https://one.example/ does not provide upload-time metadata.\n')
  expect(await asked('soon', files)).toContain("option --uploaded-prior-to: invalid value: 'soon'")
  await expect(asked('2024-01-01T10:00:00.000001Z', files)).rejects.toThrow()
})

test('an interrupt between two files of a wheel ends the work, and the thread is given up there', async () => {
  const interrupt = new AbortController()
  let breaths = 0
  const breathe = () => {
    if (++breaths === 300) interrupt.abort()
    return Promise.resolve()
  }
  expect(await pex(['django', '-o', 'interrupted.pex'], { signal: interrupt.signal, breathe })).toEqual({ status: 130, errors: '' })
  expect(breaths).toBe(300)
  expect(() => made('interrupted.pex')).toThrow('ENOENT')
}, 120_000)

test('with -v what is odd about a resolution is told, once for all targets', async () => {
  const odd = ['idna[nosuch]', '--platform', 'linux_x86_64-cp-312-cp312', '--platform', 'macosx_11_0_arm64-cp-312-cp312', '-o', 'odd.pex']
  const told = async (words: string[]) => (await pex(words)).errors.split('\n').filter(line => line.includes('WARNING'))
  expect(await told(['-v', ...odd])).toEqual([expect.stringMatching(/^pex: WARNING: idna \S+ does not provide the extra 'nosuch'$/)])
  expect(await told(odd)).toEqual([])
}, 120_000)
