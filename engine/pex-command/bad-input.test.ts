/** What is wrong with wheels, indexes, files and places is told in a line or a few, with a status, and leaves nothing behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Inspected } from '../../bin/inspected-target.ts'
import { root } from '../../scripts/root.ts'
import { commandHome, layCommandPlace, type CommandPlace, type Said } from '../../test/support/command-home.ts'
import { bytesAsSource } from '../archive/byte-source.ts'
import { readZip } from '../archive/read-zip.ts'
import { createIndex } from '../index/create-index.ts'
import { FileProblem } from './file-problem.ts'
import { pexCommand } from './pex-command.ts'
import type { PexHome } from './pex-home.ts'

const { inspected } = JSON.parse(readFileSync(join(root, 'test/recorded/pex-command.json'), 'utf8')) as { inspected: Inspected }
let place: CommandPlace
let directory = ''
let count = 0

beforeAll(async () => {
  place = await layCommandPlace()
}, 300_000)
afterAll(() => place.remove())
beforeEach(() => {
  directory = join(place.base, `case-${++count}`)
  mkdirSync(join(directory, 'wheels'), { recursive: true })
})

const run = async (line: string, change: (home: PexHome) => Partial<PexHome> = () => ({})) => {
  const said: Said = { output: [], errors: [] }
  const home = await commandHome(place, inspected, directory, said)
  const status = await pexCommand(line.split(' '), { ...home, ...change(home) })
  return { status, says: said.errors.join(''), prints: said.output.join('') }
}
const pex = async (...of: Parameters<typeof run>) => {
  const { status, says } = await run(...of)
  return { status, says }
}
const offline = '--no-pypi --find-links wheels -o out.pex'
const left = () => readdirSync(directory).sort()

const bytes = (text: string) => new TextEncoder().encode(text)
const wheel = (record: string, more: Record<string, string> = {}) => zipSync({
  ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, bytes(text)])),
  'odd.py': bytes('value = 1\n'),
  'odd-1.0.dist-info/METADATA': bytes('Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n'),
  'odd-1.0.dist-info/WHEEL': bytes('Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
  'odd-1.0.dist-info/RECORD': bytes(record),
})
const lay = (data: Uint8Array) => writeFileSync(join(directory, 'wheels', 'odd-1.0-py3-none-any.whl'), data)
const record = 'odd.py,,\nodd-1.0.dist-info/METADATA,,\nodd-1.0.dist-info/WHEEL,,\nodd-1.0.dist-info/RECORD,,\n'

test('a wheel cut off anywhere', async () => {
  const whole = wheel(record)
  for (const length of [0, 1, 40, 300, whole.length - 30, whole.length - 1]) {
    lay(whole.subarray(0, length))
    const { status, says } = await pex(`odd ${offline}`)
    expect(status).toBe(1)
    expect(says).toMatch(/^[^\n]*odd-1\.0-py3-none-any\.whl[^\n]*\n$/)
    expect(left()).toEqual(['wheels'])
  }
})

test('a wheel with a damaged member', async () => {
  const damaged = wheel(record, { 'big.py': 'x = 1\n'.repeat(5000) })
  const at = Buffer.from(damaged).indexOf('big.py') + 20
  damaged[at] = (damaged[at] ?? 0) ^ 0xff
  lay(damaged)
  expect(await pex(`odd ${offline}`)).toEqual({ status: 1, says: expect.stringMatching(/^odd-1\.0-py3-none-any\.whl is not a sound zip file: [^\n]*big\.py[^\n]*\n$/) as string })
  expect(left()).toEqual(['wheels'])
})

test.each(['../outside.py', '/etc/outside.py', 'a/../../outside.py'])('a wheel that would write to %s', async path => {
  lay(wheel(record, { [path]: 'x\n' }))
  const { status, says } = await pex(`odd ${offline}`)
  expect({ status, lines: says.split('\n').length }).toEqual({ status: 1, lines: 2 })
  expect(says).toContain('odd-1.0-py3-none-any.whl')
  expect(left()).toEqual(['wheels'])
})

test('a RECORD that names what is not there is warned of, as pex does', async () => {
  lay(wheel(`${record}gone.py,,\n`))
  expect(await pex(`odd ${offline}`)).toEqual({
    status: 0,
    says: 'PEXWarning: The wheel odd-1.0-py3-none-any.whl has a bad RECORD. Skipping install of non-existent file gone.py and possibly others.\n',
  })
})

test('no compatible wheel: which there are, and which tag is missing', async () => {
  writeFileSync(join(directory, 'wheels', 'odd-2.0-cp39-cp39-win_amd64.whl'), wheel(record))
  const { status, says } = await pex(`odd ${offline}`)
  expect(status).toBe(1)
  expect(says).toContain('pip: ERROR: No matching distribution found for odd\n')
  expect(says).toMatch(/odd 2\.0 has wheels for cp39-cp39-win_amd64 only; .* takes cp311-cp311-\S+ and the like\.\n/)
})

test('an unknown project: where it was looked for, without passwords', async () => {
  const missing = (): Partial<PexHome> => ({
    index: settings => createIndex(settings, {
      fetch: () => Promise.resolve(new Response('', { status: 404 })),
      files: { listDirectory: () => Promise.resolve([]), readFile: () => Promise.resolve(undefined) },
    }),
  })
  const { status, says } = await pex(`odd --index-url https://user:secret@index.test/simple ${offline}`, missing)
  expect(status).toBe(1)
  expect(says).toContain(`\nThere is no project odd at https://user:****@index.test/simple, ${directory}/wheels: odd cannot be met. `)
  expect(says).not.toContain('secret')
  const named = await pex(`odd --index mine=https://user:secret@index.test/simple --no-pypi -f near=wheels --source mine=odd --source near=o.* -o out.pex`, missing)
  const passedOver = await pex('odd --index mine=https://user:secret@index.test/simple --no-pypi -o out.pex', missing)
  expect(named.says).toContain(`\nThere is no project odd at mine (https://user:****@index.test/simple), near (${directory}/wheels): odd cannot be met. `)
  expect(passedOver.says).toContain('--index mine=... is passed over: no --source says what is looked for there\n')
  expect(`${named.says}${passedOver.says}`).not.toContain('secret')
})

test('what quotes a requirement or a place hides the passwords in it', async () => {
  lay(wheel(record))
  const missing = served(() => Promise.resolve(new Response('', { status: 404 })))
  const url = 'https://user:secret@index.test/odd-1.0-py3-none-any.whl'
  writeFileSync(join(directory, 'r.txt'), `odd @ ${url}\nodd @ ${url.replace('1.0', '2.0')}\n`)
  const good = wheel(record)
  const two = await pex('-r r.txt --no-pypi -o out.pex', served(() => Promise.resolve(new Response(good as BodyInit))))
  expect(two.says).toContain('odd @ https://user:****@index.test/odd-1.0-py3-none-any.whl')
  writeFileSync(join(directory, 'r.txt'), `odd @ ${url} --hash=sha256:${'0'.repeat(64)}\n`)
  const hashed = await pex('-r r.txt --no-pypi -o out.pex', served(() => Promise.resolve(new Response(good as BodyInit))))
  expect(hashed.says).toContain('odd @ https://user:****@index.test/odd-1.0-py3-none-any.whl from ')
  writeFileSync(join(directory, 'r.txt'), 'odd\n--hash=sha256:00\n')
  expect(await pex(`-r r.txt ${offline}`)).toEqual({ status: 0, says: expect.stringMatching(/^pip: WARNING: \S+ line 2 has --hash but no requirement, and will be ignored\.\n$/) as string })
  const far = await pex('-r https://token@index.test/r.txt -o out.pex', missing)
  expect(far).toEqual({ status: 1, says: 'pip: ERROR: Could not open requirements file: https://****@index.test/r.txt is not there (404)\n' })
  expect(JSON.stringify([two, hashed, far])).not.toMatch(/secret|token/)
})

const served = (answer: (signal: AbortSignal | null | undefined) => Promise<Response>) => (): Partial<PexHome> => ({
  index: settings => createIndex({ ...settings, retries: 0 }, { fetch: (_url, init) => answer(init?.signal) }),
})

test('an index that is down, slow, or answers nonsense', async () => {
  const asked = 'odd -o out.pex --index-url https://user:secret@index.test/simple --no-pypi'
  const down = await pex(asked, served(() => Promise.reject(new TypeError('fetch failed'))))
  expect(down).toEqual({ status: 1, says: expect.stringMatching(/^pip: ERROR: https:\/\/[^\n]*index\.test\/simple\/odd\/ cannot be reached: [^\n]*\n$/) as string })
  const slow = await pex(`${asked} --timeout 1`, served(signal => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))))))
  expect(slow).toEqual({ status: 1, says: expect.stringMatching(/^pip: ERROR: [^\n]*index\.test[^\n]*\n$/) as string })
  const broken = await pex(asked, served(() => Promise.resolve(new Response('no', { status: 500 }))))
  expect(broken).toEqual({ status: 1, says: expect.stringMatching(/^pip: ERROR: [^\n]*index\.test[^\n]*500[^\n]*\n$/) as string })
  const nonsense = await pex(asked, served(() => Promise.resolve(new Response('{', { headers: { 'Content-Type': 'application/vnd.pypi.simple.v1+json' } }))))
  expect(nonsense).toEqual({ status: 1, says: expect.stringMatching(/^pip: ERROR: [^\n]*index\.test[^\n]*\n$/) as string })
  for (const { says } of [down, slow, broken, nonsense]) expect(says).not.toContain('secret')
  expect(left()).toEqual(['wheels'])
}, 30_000)

test('an index whose file is not what its page promises', async () => {
  const page = JSON.stringify({
    meta: { 'api-version': '1.0' }, name: 'odd',
    files: [{ filename: 'odd-1.0-py3-none-any.whl', url: 'https://index.test/odd-1.0-py3-none-any.whl', hashes: { sha256: '0'.repeat(64) } }],
  })
  let asked = 0
  const answer = () => Promise.resolve(asked++ === 0
    ? new Response(page, { headers: { 'Content-Type': 'application/vnd.pypi.simple.v1+json' } })
    : new Response(wheel(record) as Uint8Array<ArrayBuffer>))
  const { status, says } = await pex('odd -o out.pex --index-url https://index.test/simple --no-pypi', served(answer))
  expect({ status, says }).toEqual({ status: 1, says: expect.stringMatching(/^pip: ERROR: odd-1\.0[^\n]* is not what was promised: its sha256 is [0-9a-f]{64}, expected 0{64}\n$/) as string })
})

test('a disk that is full', async () => {
  lay(wheel(record))
  const full = ({ files }: PexHome): Partial<PexHome> => ({
    files: { ...files, write: path => Promise.reject(new FileProblem('ENOSPC', 28, 'No space left on device', path)) },
  })
  expect(await pex(`odd ${offline}`, full)).toEqual({ status: 1, says: "[Errno 28] No space left on device: 'out.pex'\n" })
})

test('an output that cannot be', async () => {
  lay(wheel(record))
  mkdirSync(join(directory, 'mine'))
  writeFileSync(join(directory, 'mine', 'notes.txt'), 'keep me')
  expect(await pex('odd --no-pypi --find-links wheels -o mine')).toEqual({ status: 1, says: 'mine is a directory that is no PEX: give another name, or remove it\n' })
  expect(await pex('odd --no-pypi --find-links wheels -o wheels/odd-1.0-py3-none-any.whl/x')).toMatchObject({ status: 1, says: expect.stringContaining('Not a directory') as string })
  expect(await pex('odd --no-pypi --find-links wheels -o new/below/out.pex')).toEqual({ status: 0, says: '' })
  expect(existsSync(join(directory, 'new/below/out.pex'))).toBe(true)
  const device = ({ files }: PexHome): Partial<PexHome> => ({ files: { ...files, kind: path => (path === 'out.pex' ? Promise.resolve('other') : files.kind(path)) } })
  expect(await pex(`odd ${offline}`, device)).toEqual({ status: 1, says: 'out.pex is neither a file nor a directory: give another name\n' })
})

test('a lock goes into a pipe or a device, which stays', async () => {
  lay(wheel(record))
  const written: string[] = []
  const pipe = ({ files }: PexHome): Partial<PexHome> => ({ files: {
    ...files, kind: path => (path === 'pipe' || path === '/dev/stdout' ? Promise.resolve(path === 'pipe' ? 'other' : 'file') : files.kind(path)),
    writeInto: async (path, text) => void written.push(path, new TextDecoder().decode(text).split('\n')[0]!),
    write: () => expect.unreachable(),
  } })
  for (const path of ['pipe', '/dev/stdout']) {
    expect(await pex(`lock odd --no-pypi --find-links wheels -o ${path}`, pipe)).toEqual({ status: 0, says: '' })
    expect(written.splice(0)).toEqual([path, 'lock-version = "1.0"'])
  }
})

test('what is no zip', async () => {
  writeFileSync(join(directory, 'text.pex'), 'not a zip\n')
  for (const verb of ['info', 'check']) {
    expect(await pex(`${verb} text.pex`)).toMatchObject({ status: 1, says: 'text.pex is text: a .pex is a zip file\n' })
  }
})

test('a PEX whose bytes were changed', async () => {
  lay(wheel(record))
  expect((await run(`odd ${offline}`)).status).toBe(0)
  expect(await run('check out.pex')).toEqual({ status: 0, says: '', prints: expect.stringMatching(/^out\.pex runs on this machine, Python 3\.\d+\n$/) as string })
  const members = unzipSync(readFileSync(join(directory, 'out.pex')))
  const changed = Object.keys(members).find(name => name.endsWith('/odd.py')) ?? expect.fail('there is no odd.py')
  writeFileSync(join(directory, 'out.pex'), zipSync({ ...members, [changed]: bytes('value = 2\n') }))
  const { status, says, prints } = await run('check out.pex')
  expect({ status, says }).toEqual({ status: 1, says: '' })
  expect(prints).toMatch(/^out\.pex runs on this machine, Python 3\.\d+\nIt is not as it was built:\n  odd-1\.0-py3-none-any\.whl is wrong: it says [0-9a-f]{64}, the content gives [0-9a-f]{64}\n$/)
  expect((await run(`odd ${offline}`)).status).toBe(0)
  const damaged = readFileSync(join(directory, 'out.pex'))
  const { entries } = await readZip(bytesAsSource(damaged))
  const { name, headerOffset, compressedSize } = entries.find(({ name, size }) => name.startsWith('.bootstrap/pex/vendor/') && size > 5000)!
  // Behind the header and the name, well inside the data: of what no hash covers.
  const middle = headerOffset + 30 + name.length + (compressedSize >> 1)
  damaged.fill(0x55, middle, middle + 20)
  writeFileSync(join(directory, 'out.pex'), damaged)
  expect(await pex('check out.pex')).toEqual({ status: 1, says: expect.stringContaining(`out.pex is not a sound zip file: ${name}: `) as string })
})

test.each(['info', 'check'])('pex %s of what is not there, and its help', async verb => {
  for (const name of ['gone.pex', 'gone.PYZ', 'gone-1.0-py3-none-any.whl', './gone']) {
    expect(await run(`${verb} ${name}`)).toMatchObject({ status: 1, says: `pex ${verb}: ${name}: No such file or directory\n` })
  }
  expect(await run(`${verb} gone`)).toMatchObject({
    status: 1,
    says: `pex ${verb}: gone: No such file or directory; for a PEX of the projects ${verb} and gone, put an option first: pex -o OUTPUT.PEX ${verb} gone\n`,
  })
  // Behind other options than the verb's these are projects, as for the real tool.
  expect((await run(`${verb} gone ${offline}`)).says).toContain(`No matching distribution found for ${verb}\n`)
  for (const flag of ['-h', '--help']) {
    expect(await run(`${verb} ${flag}`)).toMatchObject({ status: 0, says: '', prints: expect.stringMatching(new RegExp(`^usage: pex ${verb} .*FILE\n`)) as string })
  }
  expect(await run(verb)).toMatchObject({ status: 2, says: expect.stringMatching(/\npex \w+: error: the following arguments are required: FILE\n$/) as string })
})

test('pex check says what its targets may be, and which is not there', async () => {
  const { prints } = await run('check --help')
  for (const target of ['this machine', 'this browser', 'FILE.json', 'cp-312-cp312']) expect(prints.replace(/\s+/g, ' ')).toContain(target)
  lay(wheel(record))
  await run(`odd ${offline}`)
  expect(await run('check --target gone.json out.pex')).toMatchObject({ status: 1, says: 'pex check: gone.json: No such file or directory\n' })
})

// Recorded of pex 2.100.7; recorded.test.ts compares without empty lines.
test('a requirements file is quoted with the end of its line', async () => {
  writeFileSync(join(directory, 'r.txt'), 'odd\n!!bad\n')
  expect(await pex(`-r r.txt ${offline}`)).toEqual({
    status: 1,
    says: `${directory}/r.txt line 2:\n!!bad\n\nProblem parsing '!!bad' as a requirement: Expected package name at the start of dependency specifier\n    !!bad\n    ^\n`,
  })
})

test('an output without a name', async () => {
  expect(await run('certifi -o ')).toMatchObject({ status: 2, says: expect.stringMatching(/\npex: error: argument -o\/--output-file: the name is empty: [^\n]*\n$/) as string })
  expect(left()).toEqual(['wheels'])
})

test('an interrupt ends the work with status 130 and no file', async () => {
  lay(wheel(record))
  const interrupt = new AbortController()
  const interrupted = (home: PexHome): Partial<PexHome> => ({
    signal: interrupt.signal,
    breathe: () => {
      interrupt.abort()
      return home.breathe()
    },
  })
  expect(await pex(`odd ${offline}`, interrupted)).toEqual({ status: 130, says: '' })
  expect(left()).toEqual(['wheels'])
})

test('a terminal is shown how far the work is, and nothing of it stays; -v says it in lines', async () => {
  lay(wheel(record))
  const shown: string[] = []
  const terminal = (): Partial<PexHome> => ({ errors: { columns: 40, write: text => Promise.resolve(void shown.push(text)) } })
  expect((await pex(`odd ${offline}`, terminal)).status).toBe(0)
  expect(shown[0]).toBe('\r\u001b[KResolving distributions for requirement')
  expect(shown.at(-1)).toBe('\r\u001b[K')
  expect((await pex(`odd ${offline}`)).says).toBe('')
  expect((await pex(`odd -v ${offline}`)).says).toMatch(/^pex: Resolving distributions for requirements: odd\npex: Resolving [^\n]*: \d+\.\dms\npex: Fetching 1 distribution\n/)
})
