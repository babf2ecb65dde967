import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import recording from '../../test/recorded/zip.json'
import { joinChunks, open, recordedArchive, recordedArchives, utf8, zipOf } from '../../test/support/recorded-archives.ts'
import { bytesAsSource } from './byte-source.ts'
import { readDirectoryOfBytes } from './read-directory.ts'
import { readDirectory } from './read-zip.ts'
import { ZipError } from './zip-error.ts'

interface PythonEntry {
  name: string
  size: number
  compressed: number
  crc: number
  method: number
  attributes: number
  date: number[]
  comment: string
  offset: number
  sha256?: string
  error?: string
}
const python: Record<string, { entries?: PythonEntry[]; comment?: string; error?: string }> = recording.python

/** Python reads these; this room refuses them: the structure contradicts itself. */
const stricter = new Set(['count-lie.zip', 'disk.zip', 'cut-front.zip'])
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('as CPython reads the recorded archives', () => {
  for (const [name, bytes] of recordedArchives) {
    const theirs = python[name]!
    if (theirs.error !== undefined && name !== 'need-99.zip') {
      test(`${name} is no archive`, async () => {
        await expect(readDirectory(bytesAsSource(bytes))).rejects.toBeInstanceOf(ZipError)
      })
      continue
    }
    if (stricter.has(name) || theirs.entries === undefined) continue
    test(name, async () => {
      const archive = await readDirectory(bytesAsSource(bytes))
      const ours = archive.entries.map(({ name, size, compressedSize, crc, method, raw, date, comment, headerOffset }) => ({
        name,
        size,
        compressed: compressedSize,
        crc,
        method,
        attributes: raw.externalAttributes,
        date: Object.values(date),
        comment: new TextDecoder().decode(comment),
        offset: headerOffset,
      }))
      // Before 3.14 CPython does not read the unicode path block.
      const comparable = theirs.entries!.map(({ sha256: _hash, error: _error, ...entry }) => entry)
      if (name !== 'unicode-path.zip') expect(ours).toEqual(comparable)
      for (const [i, { sha256: hash }] of theirs.entries!.entries()) {
        const entry = archive.entries[i]!
        const readable = entry.method === 0 || entry.method === 8
        // Where Python is content although the headers contradict each other, this room is not.
        if (
          hash === undefined ||
          !readable ||
          ['bad-local-name', 'size-lie', 'bad-crc', 'overlap', 'offset-lie'].some((part) => name.startsWith(part))
        )
          continue
        expect(sha256(await archive.data(entry))).toBe(hash)
        expect(sha256(await joinChunks(await archive.stream(entry)))).toBe(hash)
      }
    })
  }
})

test('bytes before the archive, with offsets from the file and from the archive', async () => {
  const absolute = await readDirectory(bytesAsSource(recordedArchive('prefixed.zip')))
  expect([absolute.prefixLength, absolute.offsetShift]).toEqual([23, 0])
  const relative = await readDirectory(bytesAsSource(recordedArchive('relative.zip')))
  expect([relative.prefixLength, relative.offsetShift]).toEqual([23, 23])
  expect(new TextDecoder().decode(await relative.data(relative.entries[1]!))).toBe('hi\n')
})

test('names: UTF-8 by flag, the unicode path block, code page 437', async () => {
  const names = async (name: 'utf8.zip' | 'unicode-path.zip') => (await open(recordedArchive(name))).entries.map((entry) => entry.name)
  expect(await names('utf8.zip')).toEqual(['ünï/✓.txt', 'plain.txt'])
  expect(await names('unicode-path.zip')).toEqual(['niño.txt'])
  const bytes = await zipOf([{ name: 'naaive', data: utf8('x') }])
  for (const at of [30 + 2, bytes.length - 22 - 6 + 2]) bytes[at] = 0x8b
  expect((await open(bytes)).entries[0]!.name).toBe('naïive')
})

test('modes, links and times', async () => {
  const archive = await open(recordedArchive('python.zip'))
  const rows = archive.entries.map(({ name, type, permissions }) => [name, type, permissions?.toString(8)])
  expect(rows).toEqual([
    ['pkg/', 'directory', '755'],
    ['pkg/__init__.py', 'file', '644'],
    ['pkg/run.sh', 'file', '755'],
    ['pkg/noise.bin', 'file', '600'],
    ['pkg/link', 'symlink', '777'],
    ['readme.txt', 'file', '644'],
  ])
  const [entry] = (await open(recordedArchive('info-zip.zip'))).entries
  expect(entry!.mtime).toBe(1727359200)
  expect(entry!.date).toEqual({ year: 2024, month: 9, day: 26, hour: 14, minute: 0, second: 0 })
})

test('a source that answers later, with fewer bytes at the end than asked for', async () => {
  const bytes = recordedArchive('python.zip')
  const slow = { size: bytes.length, read: async (offset: number, length: number) => bytes.slice(offset, offset + length) }
  const archive = await readDirectory(slow)
  expect((await archive.data(archive.entries[5]!)).length).toBe(2000)
  const lying = { size: bytes.length + 5, read: slow.read }
  await expect(readDirectory(lying)).rejects.toMatchObject({ code: 'truncated' })
})

test('the synchronous reading of bytes is the same', async () => {
  const bytes = recordedArchive('python.zip')
  const archive = await readDirectory(bytesAsSource(bytes))
  expect(readDirectoryOfBytes(bytes).entries).toEqual(archive.entries)
})

test('what cannot be read is listed, and named when it is read', async () => {
  const failure = async (name: Parameters<typeof recordedArchive>[0]) => {
    const archive = await open(recordedArchive(name))
    return archive.data(archive.entries[0]!).then(
      () => 'read',
      (error: ZipError) => `${error.code}: ${error.message}`,
    )
  }
  expect(await failure('encrypted.zip')).toBe('encrypted: secret.txt: is encrypted, which is not supported')
  expect(await failure('zstd.zip')).toBe('unsupported-method: a.txt: is compressed by a method that is not supported (zstd)')
  expect(await failure('method-300.zip')).toBe('unsupported-method: a.txt: is compressed by a method that is not supported (number 300)')
  expect(await failure('bad-both-crc.zip')).toBe('crc-mismatch: a.txt: bad CRC 665afc4c (should be 12345678)')
})
