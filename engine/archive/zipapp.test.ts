import { describe, expect, test } from 'vitest'
import recording from '../../test/recorded/zip.json'
import { fromBase64, joinChunks, open, utf8 } from '../../test/support/recorded-archives.ts'
import { copyZipapp, createZipapp, zipappInterpreter, type SourceFile, type ZipappOptions } from './zipapp.ts'

const source = (main: boolean): SourceFile[] =>
  [...recording.appTree, ...(main ? [recording.appMain] : [])].map(({ path, mode, mtime, base64 }) => ({
    path: path.replace(/\/$/, ''),
    mode: mode | (path.endsWith('/') ? 0o040000 : 0o100000),
    mtime: mtime * 1000,
    data: fromBase64(base64 ?? ''),
  }))

const optionsOf = (args: string[]): ZipappOptions => {
  const value = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined)
  return { interpreter: value('-p'), main: value('-m'), now: recording.frozenNow * 1000 }
}

describe('as python -m zipapp', () => {
  for (const { args, main, error, archive } of recording.zipapps) {
    test(`${args.join(' ') || 'no arguments'}, ${main ? 'with' : 'without'} __main__.py`, async () => {
      const ours = joinChunks(createZipapp(source(main), optionsOf(args)))
      if (archive === undefined) {
        const failure = await ours.then(
          () => undefined,
          (reason: Error) => `zipapp.${reason.name}: ${reason.message}`,
        )
        expect(failure).toBe(error)
      } else expect(Buffer.from(await ours).toString('base64')).toBe(archive)
    })
  }
})

test('deflated, filtered, and with another shebang', async () => {
  const options = { compress: true, filter: (path: string) => path !== 'empty', now: 0 }
  const archive = await open(await joinChunks(createZipapp(source(true), options)))
  expect(archive.entries.map(({ name, method }) => [name, method])).toEqual([
    ['__main__.py', 8],
    ['a.py', 8],
    ['pkg/', 0],
    ['pkg/__init__.py', 8],
    ['pkg/ünï.txt', 8],
    ['pkg-data/', 0],
    ['pkg-data/run.sh', 8],
  ])
  const bytes = await joinChunks(createZipapp(source(true), { interpreter: 'python3', now: 0 }))
  expect(zipappInterpreter(bytes)).toBe('python3')
  const other = await joinChunks(copyZipapp(bytes, '/opt/bin/python3'))
  expect(zipappInterpreter(other)).toBe('/opt/bin/python3')
  expect(zipappInterpreter(await joinChunks(copyZipapp(bytes, undefined)))).toBeUndefined()
  expect(other.length - bytes.length).toBe('/opt/bin/'.length)
})

test('names beyond the basic plane come last, as Python sorts them', async () => {
  const files = ['\u{1f40d}', '\uff5e', '__main__.py'].map((path) => ({ path, mode: 0o100644, mtime: 1e12, data: utf8('') }))
  const archive = await open(await joinChunks(createZipapp(files, { now: 0 })))
  expect(archive.entries.map(({ name }) => name)).toEqual(['__main__.py', '\uff5e', '\u{1f40d}'])
})

test('a date that no zip can hold', async () => {
  const files = [{ path: '__main__.py', mode: 0o100644, mtime: 0, data: utf8('') }]
  await expect(joinChunks(createZipapp(files, { now: 0 }))).rejects.toThrow('ZIP does not support timestamps before 1980')
})
