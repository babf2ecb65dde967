/** What is said of PEXes of every age, of wheels and zipapps, and of files that are none of these. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { readZip } from '../engine/archive/read-zip.ts'
import type { NewEntry } from '../engine/archive/write-zip.ts'
import { ZipError } from '../engine/archive/zip-error.ts'
import { portableDigests as digests } from '../engine/install/digests.ts'
import { PackagingError } from '../engine/packaging/packaging-error.ts'
import { pyodideTarget } from '../engine/packaging/target.ts'
import { isWrong } from '../engine/pex/check-hashes.ts'
import { describePex } from '../engine/pex/describe-pex.ts'
import { descriptionJson, formatDescription } from '../engine/pex/format-description.ts'
import { formatVerdict } from '../engine/pex/format-verdict.ts'
import { namedTarget } from '../engine/pex/named-target.ts'
import { PexError } from '../engine/pex/pex-error.ts'
import { readPexFile } from '../engine/pex/read-pex.ts'
import { willItRun, type Verdict } from '../engine/pex/will-it-run.ts'
import { fetchWheels } from '../scripts/fetch-wheels.ts'
import oldRuns from './recorded/old-pex-runs.json'
import { byteMutator } from './support/byte-mutator.ts'
import { oddWheel, oddWheelName } from './support/odd-wheel.ts'
import { oldPex, oldVersions } from './support/old-pexes.ts'
import { seededRandom, utf8, zipOf } from './support/recorded-archives.ts'

const describeBytes = (name: string, bytes: Uint8Array) => describePex({ name, file: bytesAsSource(bytes) }, digests)

const verdictOn = async (target: string, bytes: Uint8Array): Promise<Verdict & { text: string }> => {
  const named = await namedTarget(target, { readText: () => Promise.reject(new Error('no file is read')) })
  const verdict = await willItRun(await readPexFile(bytesAsSource(bytes)), named.target)
  return { ...verdict, text: formatVerdict('x.pex', verdict, named) }
}

const six = 'six-1.17.0-py2.py3-none-any.whl'
/** What cannot be computed again of what those pexes left behind. */
const unknowable: Record<string, string[]> = { '2.1.100': ['bootstrap_hash', six] }

test.each(oldVersions)('a PEX of pex %s', async version => {
  const found = await describeBytes('old.pex', await oldPex(version))
  expect(found).toMatchObject({
    kind: 'pex', layout: 'zipapp', madeBy: version, interpreter: '/usr/bin/env python3', starts: 'app.main:main', requirements: ['six'], constraints: [],
    distributions: [{ fileName: six, project: 'six', version: '1.17.0', requiresPython: '>=2.7, !=3.0.*, !=3.1.*, !=3.2.*', tags: 'py2.py3-none-any' }],
  })
  expect(found.code.map(({ path }) => path).sort()).toEqual(['app/.hidden', 'app/__init__.py', 'app/main.py'])
  expect(found.hashes.map(({ of }) => of)).toEqual(version === '1.6.12' ? ['code_hash', six] : ['pex_hash', 'code_hash', 'bootstrap_hash', six])
  expect(found.hashes.filter(isWrong)).toEqual([])
  expect(found.hashes.filter(({ unknown }) => unknown).map(({ of }) => of)).toEqual(unknowable[version] ?? [])
  const { runs } = await verdictOn('browser', await oldPex(version))
  const real = oldRuns.cases.find(({ line }) => line === `./${version}.pex`)!
  expect([version, runs]).toEqual([version, real.status === 0 ? 'yes' : 'no'])
})

test('an old runtime does not start on a Python that is too new for it', async () => {
  const bytes = await oldPex('2.1.100')
  expect((await verdictOn('manylinux2014_x86_64-cp-311-cp311', bytes)).runs).toBe('yes')
  const { text } = await verdictOn('manylinux2014_x86_64-cp-312-cp312', bytes)
  expect(text).toBe(`x.pex does not run on abbreviated platform cp312-cp312-manylinux2014_x86_64
  its runtime, of pex 2.1.100, starts on Python 3.11 at most
Build it again with a newer pex, or start it with Python 3.11.
`)
})

test('what --compile adds to the runtime is in no hash', async () => {
  const { entries, data } = await readZip(bytesAsSource(await oldPex('2.40.3')))
  const same = await Promise.all(entries.map(async entry => ({ name: entry.name, data: await data(entry) })))
  const compiled = await zipOf([...same, { name: '.bootstrap/pex/pex.pyc', data: utf8('bytecode') }])
  expect((await describeBytes('x.pex', compiled)).hashes.filter(isWrong)).toEqual([])
})

test('as a text and as JSON', async () => {
  const found = await describeBytes('old.pex', await oldPex('2.40.3'))
  expect(formatDescription('old.pex', { ...found, size: 938_496 })).toBe(`old.pex: a PEX, 938.5 kB
  layout      zipapp
  made by     pex 2.40.3
  interpreter /usr/bin/env python3
  starts      app.main:main
  asks for    six
  runtime     217 files, 3.1 MB
  code        3 files, 35 bytes
  carries     six 1.17.0  7 files, 37.7 kB  py2.py3-none-any, Python >=2.7, !=3.0.*, !=3.1.*, !=3.2.*
  hashes      4 of the 4 in PEX-INFO computed again and found right
`)
  const json = JSON.parse(descriptionJson('old.pex', found)) as { pex_info: unknown; hashes: { right: boolean }[]; pex_version: string }
  expect(json.pex_info).toEqual(found.info)
  expect(json.pex_version).toBe('2.40.3')
  expect(json.hashes.map(({ right }) => right)).toEqual([true, true, true, true])
})

test('a wheel', async () => {
  const path = fetchWheels().get('six')!
  const found = await describeBytes(basename(path), new Uint8Array(readFileSync(path)))
  expect(found).toMatchObject({ kind: 'wheel', distributions: [{ project: 'six', version: '1.17.0' }], starts: undefined })
  expect(found.hashes.length).toBeGreaterThan(3)
  expect(found.hashes.filter(isWrong)).toEqual([])
  const odd = await describeBytes(oddWheelName, await oddWheel())
  expect(odd.hashes.filter(isWrong).map(({ of, found: content }) => [of, content])).toEqual([['odd/missing.py', undefined]])
})

test('a zipapp', async () => {
  const bytes = await zipOf([{ name: '__main__.py', data: utf8('print(1)\n') }, { name: 'a/b.py', data: utf8('') }], { prefix: utf8('#!/usr/bin/env python3\n') })
  expect(formatDescription('app.pyz', { ...await describeBytes('app.pyz', bytes), size: 300 })).toBe(`app.pyz: an application that zipapp makes, 300 bytes
  interpreter /usr/bin/env python3
  starts      __main__.py
  code        2 files, 9 bytes
`)
})

const infoOf = (more: object) => JSON.stringify({ requirements: ['aa'], distributions: { 'aa-1.0-py3-none-any.whl': '0'.repeat(64) }, build_properties: { pex_version: '2.0' }, ...more })

const smallPex = (info: string): NewEntry[] => [
  { name: 'PEX-INFO', data: utf8(info) },
  { name: '__main__.py', data: utf8('') },
  { name: '.bootstrap/pex/common.py', data: utf8('deterministic_walk') },
  { name: '.deps/aa-1.0-py3-none-any.whl/aa-1.0.dist-info/METADATA', data: utf8('Metadata-Version: 2.1\nName: aa\nVersion: 1.0\nRequires-Dist: bb>1\n'), method: 'store' },
  { name: 'app.py', data: utf8('print("app")\n') },
]

test.each<[string, NewEntry[] | Uint8Array, string]>([
  ['no zip', utf8('root:x:0:0\n'), 'is not a zip archive (no end-of-central-directory record)'],
  ['nothing', new Uint8Array(0), 'is not a zip archive (no end-of-central-directory record)'],
  ['no PEX', [{ name: 'a.txt', data: utf8('a') }], 'it has neither PEX-INFO nor __main__.py: Python cannot run it'],
  ['no JSON', smallPex('{"requirements":'), 'its PEX-INFO is no JSON'],
  ['a list', smallPex('[]'), 'its PEX-INFO is no JSON object'],
])('%s is refused in one line', async (_name, content, message) => {
  const bytes = content instanceof Uint8Array ? content : await zipOf(content)
  await expect(describeBytes('x.pex', bytes)).rejects.toThrow(message)
})

test('a file cut short, a bomb', async () => {
  const bytes = await zipOf(smallPex(infoOf({})))
  await expect(describeBytes('x.pex', bytes.subarray(0, -30))).rejects.toThrow(ZipError)
  const bomb = await zipOf([...smallPex(infoOf({})), { name: 'bomb.txt', data: new Uint8Array(2 ** 25), method: 'deflate' }])
  await expect(describeBytes('x.pex', bomb)).rejects.toThrow('times its own size')
})

test('damage where no hash looks is told too', async () => {
  const bytes = (await oldPex('2.40.3')).slice()
  const { entries } = await readZip(bytesAsSource(bytes))
  const { name, headerOffset, compressedSize } = entries.find(({ name, size }) => name.startsWith('.bootstrap/pex/vendor/') && size > 5000)!
  // Behind the header and the name, well inside the data.
  for (let i = 0; i < 20; i++) bytes[headerOffset + 30 + name.length + (compressedSize >> 1) + i]! ^= 0x55
  await expect(describeBytes('old.pex', bytes)).rejects.toThrow(name)
})

test('hashes that do not match are named, control characters are not shown', async () => {
  const found = await describeBytes('x.pex', await zipOf(smallPex(infoOf({ code_hash: 'beef', entry_point: 'app\x1b[31m' }))))
  expect(found.hashes.filter(isWrong).map(({ of }) => of)).toEqual(['code_hash', 'aa-1.0-py3-none-any.whl'])
  const text = formatDescription('x.pex', found)
  expect(text).toContain('0 of the 2 in PEX-INFO')
  expect(text).toContain('code_hash is wrong: it says beef, the content gives ')
  expect(text).toContain('starts      app\ufffd[31m\n')
})

test('what it was built with is told, and what a verdict does not look into', async () => {
  const info = {
    requirements: ['aa'], overridden: ['bb==2'], excluded: ['bb'], pex_paths: ['base.pex', 'more.pex'], venv: true, venv_bin_path: 'prepend',
    inject_args: ['run', 'a b'], inject_python_args: ['-u'], inject_env: { A: 'b' }, bind_resource_paths: { CERTS: 'a/c.pem' },
  }
  const bytes = await zipOf(smallPex(infoOf({ ...info, build_properties: { pex_version: '2.100.7' } })))
  expect(formatDescription('x.pex', await describeBytes('x.pex', bytes))).toContain(`
  starts      a Python prompt
  runs in     a venv, made at the first start, with its scripts prepended to PATH
  passes      run 'a b'
  Python gets -u
  sets        A=b
              CERTS=a/c.pem, a path in this PEX
  also loads  base.pex
              more.pex
  lacks       bb, left out when it was built
  overrides   bb==2
  asks for    aa
`)
  expect((await verdictOn('browser', bytes)).text).toBe(`x.pex runs on this browser
It was built without bb, which has to come from elsewhere.
It also loads base.pex, more.pex, which is not looked into here.
`)
  const older = await zipOf(smallPex(infoOf({ pex_path: 'a.pex:b.pex', interpreter_constraints: ['==3.9.*', 'PyPy>=3.10'], excluded: ['bb'] })))
  expect((await verdictOn('win_amd64-cp-311-cp311', older)).text).toContain('the interpreter has to be ==3.9.* or PyPy>=3.10\n')
  expect((await verdictOn('win_amd64-cp-39-cp39', older)).text).toContain('It also loads a.pex, b.pex, which is not')
})

test('changed files are described or refused, and nothing else', async () => {
  const mutate = byteMutator(seededRandom(4711))
  const original = await zipOf(smallPex(infoOf({ code_hash: 'beef', interpreter_constraints: ['CPython>=3.9'], overridden: ['bb=cc'], excluded: ['dd'] })))
  const target = { target: pyodideTarget(), flags: [] }
  let [described, refused] = [0, 0]
  for (let i = 0; i < 3000; i++) {
    const bytes = mutate(original)
    try {
      const text = formatDescription('x.pex', await describeBytes('x.pex', bytes))
      expect(text).not.toMatch(/NaN|\[object/)
      formatVerdict('x.pex', await willItRun(await readPexFile(bytesAsSource(bytes)), target.target), target)
      described++
    } catch (error) {
      if (!(error instanceof ZipError || error instanceof PexError || error instanceof PackagingError)) throw error
      expect(error.message).not.toContain('\n\n')
      refused++
    }
  }
  expect(described).toBeGreaterThan(150)
  expect(refused).toBeGreaterThan(1000)
})
