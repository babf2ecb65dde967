/** Our reader of requirements files against the recorded answers of pip's (scripts/record-requirements-files.py). */
import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { PackagingError } from './packaging-error.ts'
import { pythonRepr } from './python-text.ts'
import { readRequirementsFile, type RequirementLine, type RequirementsSource } from './requirements-file.ts'
import { initialSettings } from './requirements-settings.ts'
import { root } from '../../scripts/root.ts'

interface Answer {
  requirements: Omit<RequirementLine, 'written'>[]
  settings: Record<string, unknown>
  warnings: string[]
}

interface Recorded {
  index: string
  environment: Record<string, string>
  cases: { files: Record<string, string>; answer: Answer | { error: string } }[]
}

const { index, environment, cases } = JSON.parse(gunzipSync(readFileSync(join(root, 'test/recorded/requirements-files.json.gz'))).toString('utf8')) as Recorded

const read = async (files: Record<string, string>): Promise<Answer | { error: string }> => {
  const at = new Map(Object.entries(files).map(([name, data]) => [`/files/${name}`, new Uint8Array(Buffer.from(data, 'base64'))]))
  const path = (location: string): string => location.startsWith('/') ? location : `/files/${location}`
  const exists = (location: string): boolean => [...at.keys()].some(name => `${name}/`.startsWith(`${normalize(location).replace(/\/+$/, '')}/`))
  const missing = (location: string) => new Error(`${exists(location) ? '[Errno 21] Is a directory' : '[Errno 2] No such file or directory'}: ${pythonRepr(location)}`)
  try {
    const { requirements, settings, warnings } = await readRequirementsFile('requirements.txt', {
      read: async location => at.get(path(location)) ?? Promise.reject(missing(location)),
      exists: async location => exists(location),
      directory: '/files',
      environment,
    }, { settings: initialSettings([index]) })
    const plain = Object.entries(settings).map(([key, value]) => [key, value instanceof Set ? [...value].sort() : value as unknown])
    return { requirements: requirements.map(({ written: _, ...line }) => line), settings: Object.fromEntries(plain) as Record<string, unknown>, warnings }
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error
    // pip's words come behind the file and the line, which pip leaves out.
    return { error: error.message.replace(/^\S+ \(line \d+\): /, '') }
  }
}

/** A world in which every file has the same bytes. */
const alone = (bytes: Uint8Array): RequirementsSource =>
  ({ read: async () => bytes, exists: async () => false, directory: '/', environment: {} })

test('requirements files are read as pip reads them', async () => {
  expect(cases.length).toBeGreaterThan(20_000)
  const differing = []
  for (const { files, answer } of cases) {
    const ours = await read(files)
    if (isDeepStrictEqual(ours, answer)) continue
    const texts = Object.fromEntries(Object.entries(files).map(([name, data]) => [name, Buffer.from(data, 'base64').toString('latin1')]))
    differing.push({ texts, ours: JSON.stringify(ours), theirs: JSON.stringify(answer) })
  }
  expect({ count: differing.length, some: differing.slice(0, 12) }).toEqual({ count: 0, some: [] })
})

test('errors name the file and the line, and every kind of one is told', async () => {
  const errors = cases.flatMap(({ answer }) => 'error' in answer ? [answer.error] : [])
  const kinds = [
    /^no such option/, /^ambiguous option/, /requires 1 argument/, /does not take a value/, /^Could not split/, /recursively references/,
    /^Could not open constraint/, /^Allowed hash/,
  ]
  for (const kind of kinds) {
    expect(errors.some(error => kind.test(error)), String(kind)).toBe(true)
  }
  const bytes = new TextEncoder().encode('a\n\\\nb --nope\n')
  await expect(readRequirementsFile('sub/r.txt', alone(bytes))).rejects.toThrow('sub/r.txt (line 2): no such option: --nope')
})

test('a file that is not in its encoding is refused with the way out', async () => {
  const reading = (bytes: number[]) => readRequirementsFile('r.txt', alone(new Uint8Array(bytes)))
  await expect(reading([0x61, 0xe9, 0x0a])).rejects.toThrow(/^r\.txt: cannot be read as UTF-8: save it as UTF-8, or name its encoding/)
  await expect(reading([...new TextEncoder().encode('# coding: nonsense\n')])).rejects.toThrow('r.txt: cannot be read as nonsense')
  await expect(reading([0xff, 0xfe, 0, 0, 0x61])).rejects.toThrow('r.txt: cannot be read as UTF-32')
})

test('files that include one file over and over are refused after a while', async () => {
  const source = {
    ...alone(new Uint8Array()),
    read: async (location: string) => {
      const next = Number(/\d+/.exec(location)?.[0] ?? 0) + 1
      return new TextEncoder().encode(`-r ${next}.txt\n-r ${next}.txt\n`.repeat(next < 40 ? 1 : 0))
    },
  }
  await expect(readRequirementsFile('0.txt', source)).rejects.toThrow('more than 1000 files are read with this one')
})

test('a line is kept as it is written', async () => {
  const source = alone(new TextEncoder().encode('# names\na \\\n  >=1 # one\r\nb\\\n# two\nc --hash=sha256:00'))
  const { requirements } = await readRequirementsFile('r.txt', source)
  expect(requirements.map(({ written }) => written)).toEqual([
    { first: 2, last: 3, text: 'a \\\n  >=1 # one\n' }, { first: 4, last: 5, text: 'b\\\n# two\n' }, { first: 6, last: 6, text: 'c --hash=sha256:00' },
  ])
})
