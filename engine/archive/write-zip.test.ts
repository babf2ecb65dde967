import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import recording from '../../test/recorded/zip.json'
import {
  fromBase64,
  joinChunks,
  open,
  recordedArchive,
  sameBytes,
  seededRandom,
  utf8,
  zipOf,
} from '../../test/support/recorded-archives.ts'
import { copyEntry } from './copy-entry.ts'
import { roundedDosDate } from './dos-date.ts'
import { infoZipExtra, unixIds, universalTime, readExtra } from './extra-fields.ts'
import { readZip, type ZipArchive } from './read-zip.ts'
import { writeZip, type NewEntry } from './write-zip.ts'

const pexEntries: NewEntry[] = [
  { name: 'pkg/' },
  { name: 'pkg/__init__.py' },
  { name: 'pkg/ü.py', data: utf8('x = 1\n') },
  { name: 'PEX-INFO', data: utf8('{}') },
  { name: '__main__.py', mode: 0o100755, data: utf8('print(1)\n') },
]
const stored = (entries: NewEntry[]) => entries.map((entry): NewEntry => ({ ...entry, method: 'store' }))
const shebang = utf8('#!/usr/bin/env python3.11\n')

test('a PEX stored is, byte for byte, what CPython writes', async () => {
  expect(await zipOf(stored(pexEntries), { prefix: shebang })).toEqual(fromBase64(recording.pexLike))
})

test('an empty file deflates to two bytes', async () => {
  const archive = await open(await zipOf(pexEntries))
  expect(archive.entries[1]).toMatchObject({ method: 8, compressedSize: 2, size: 0, flags: 0 })
  expect(archive.entries.map(({ flags }) => flags)).toEqual([0, 0, 0x800, 0, 0])
})

test('what is written is read again', async () => {
  const random = seededRandom(11)
  const entries: NewEntry[] = Array.from({ length: 60 }, (_, i) => ({
    name: `${'dé/'.repeat(i % 4)}file ${i}`,
    data: Uint8Array.from({ length: Math.floor(random() ** 4 * 60000) }, () => (i % 2 ? 65 + random() * 4 : random() * 256)),
    mode: i % 3 ? 0o100644 : 0o100755,
    method: (['store', 'deflate', 'smaller'] as const)[i % 3],
    level: ((i % 9) + 1) as 1,
    date: { year: 1980 + i, month: (i % 12) + 1, day: (i % 28) + 1, hour: i % 24, minute: i % 60, second: (i % 30) * 2 },
    comment: i % 5 ? '' : `about ${i} – ü`,
  }))
  const archive = await open(await zipOf(entries, { comment: utf8('all') }))
  expect(new TextDecoder().decode(archive.comment)).toBe('all')
  for (const [i, entry] of archive.entries.entries()) {
    const { name, date, mode, comment, data } = entries[i]!
    expect([entry.name, entry.date, entry.permissions, new TextDecoder().decode(entry.comment)]).toEqual([
      name,
      date,
      mode! & 0o7777,
      comment,
    ])
    expect(sameBytes(await archive.data(entry), data as Uint8Array)).toBe(true)
  }
})

test('the same bytes however the data are cut', async () => {
  const data = utf8('a line of it\n'.repeat(3000))
  async function* cut(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < data.length; at += 777) yield data.subarray(at, at + 777)
  }
  expect(await zipOf([{ name: 'a', data: cut() }])).toEqual(await zipOf([{ name: 'a', data }]))
})

test('no more is held than one entry', async () => {
  let made = 0
  let written = 0
  let most = 0
  function* entries(): Generator<NewEntry> {
    for (let i = 0; i < 50; i++) {
      made++
      most = Math.max(most, made - written)
      yield { name: `f${i}`, data: new Uint8Array(1000), method: 'store' }
      written++
    }
  }
  for await (const chunk of writeZip(entries())) if (chunk.length === 1000) expect(made - written).toBe(1)
  expect(most).toBe(1)
})

test("Info-ZIP's extra fields and dates", async () => {
  const extra = infoZipExtra({ mtime: 1727359201, atime: 1727359300, uid: 1000, gid: 70000 })
  expect(universalTime(readExtra(extra.local))).toEqual({ mtime: 1727359201, atime: 1727359300 })
  expect(universalTime(readExtra(extra.central))).toEqual({ mtime: 1727359201 })
  expect(unixIds(readExtra(extra.central))).toEqual({ uid: 1000, gid: 70000 })
  expect(roundedDosDate(1727359201_000)).toMatchObject({ hour: 14, minute: 0, second: 2 })
  expect(roundedDosDate(0).year).toBe(1980)
})

test('copied entries keep their packed bytes and attributes', async () => {
  for (const name of ['python.zip', 'info-zip.zip', 'streamed.zip', 'zip64.zip', 'encrypted.zip', 'zstd.zip'] as const) {
    const archive = await open(recordedArchive(name))
    const copies = await Promise.all(archive.entries.map((entry) => copyEntry(archive, entry)))
    const again = await open(await zipOf(copies))
    for (const [i, entry] of again.entries.entries()) {
      const { name, crc, size, compressedSize, method, permissions, type, date, mtime } = archive.entries[i]!
      expect(entry).toMatchObject({ name, crc, size, compressedSize, method, permissions, type, date, mtime })
      if (method === 8 && !(entry.flags & 1)) expect(await again.data(entry)).toEqual(await archive.data(archive.entries[i]!))
    }
  }
})

describe('zip64', () => {
  test('more entries than 65535', async () => {
    function* entries(): Generator<NewEntry> {
      for (let i = 0; i < 65_540; i++) yield { name: `f${i}`, method: 'store' }
    }
    const bytes = await zipOf(entries())
    const archive = await open(bytes)
    expect(archive.entries.length).toBe(65_540)
    expect(archive.end.zip64).toBeDefined()
    expect(archive.entries.at(-1)!.name).toBe('f65539')
  })

  test('an entry and offsets beyond 4 GiB', async () => {
    const megabytes = new Uint8Array(2 ** 26)
    const count = 80
    const size = megabytes.length * count
    function* chunks(): Generator<Uint8Array> {
      for (let i = 0; i < count; i++) yield megabytes
    }
    const huge = { method: 0, crc: 0x1234, size, compressedSize: size, chunks: chunks() }
    const parts: { start: number; bytes: Uint8Array }[] = []
    let total = 0
    for await (const bytes of writeZip([
      { name: 'huge', data: huge },
      { name: 'after', data: utf8('small') },
    ])) {
      parts.push({ start: total, bytes })
      total += bytes.length
    }
    // The bytes as a file would hold them; the huge entry's are one buffer over and over.
    const read = (offset: number, length: number): Uint8Array => {
      const out = new Uint8Array(length)
      for (const { start, bytes } of parts) {
        const from = Math.max(offset, start)
        const to = Math.min(offset + length, start + bytes.length)
        if (from < to) out.set(bytes.subarray(from - start, to - start), from - offset)
      }
      return out
    }
    const archive: ZipArchive = await readZip({ size: total, read }, { size: 2 ** 40 })
    expect(archive.entries.map((entry) => [entry.name, entry.size])).toEqual([
      ['huge', size],
      ['after', 5],
    ])
    expect(archive.entries[1]!.headerOffset).toBeGreaterThan(2 ** 32)
    expect(new TextDecoder().decode(await archive.data(archive.entries[1]!))).toBe('small')
  })
})

const has = (tool: string) => spawnSync(tool, ['--help']).error === undefined
const withFile = async (bytes: Uint8Array, use: (path: string) => void) => {
  const directory = mkdtempSync(join(tmpdir(), 'zip-'))
  const path = join(directory, 'ours.zip')
  writeFileSync(path, bytes)
  use(path)
  rmSync(directory, { recursive: true })
}

describe.skipIf(!has('unzip') || !has('python3'))('the real tools, where they are', () => {
  const cases: [string, () => Promise<Uint8Array>][] = [
    ['a PEX', () => zipOf(pexEntries, { prefix: shebang })],
    ['nothing', () => zipOf([{ name: 'only/' }])],
    ['zip64 by count', () => zipOf(Array.from({ length: 65_536 }, (_, i) => ({ name: String(i), method: 'store' as const })))],
    ['a comment', () => zipOf([{ name: 'a', data: utf8('a'.repeat(100_000)), comment: 'ü' }], { comment: utf8('hello') })],
  ]
  for (const [name, make] of cases) {
    test(`accept ${name}`, async () => {
      await withFile(await make(), (path) => {
        const env = { ...process.env, LC_ALL: 'C.UTF-8' }
        expect(execFileSync('unzip', ['-tqq', path], { env, encoding: 'utf8' })).toBe('')
        expect(execFileSync('python3', ['-m', 'zipfile', '-t', path], { encoding: 'utf8' })).toBe('Done testing\n')
        expect(execFileSync('zipinfo', ['-t', path], { env, encoding: 'utf8' })).toMatch(/^\d+ files?, \d+ bytes uncompressed/)
      })
    }, 60_000)
  }
})

test('an entry that is not there twice, nor too long', async () => {
  await expect(zipOf([{ name: 'x'.repeat(70_000) }])).rejects.toMatchObject({ code: 'bad-input' })
  await expect(zipOf([], { comment: new Uint8Array(70_000) })).rejects.toMatchObject({ code: 'bad-input' })
  expect(await joinChunks(writeZip([]))).toEqual(recordedArchive('empty.zip'))
})
