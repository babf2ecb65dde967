import { describe, expect, test } from 'vitest'
import { recordedArchive, recordedArchives, seededRandom, utf8, zipOf } from '../../test/support/recorded-archives.ts'
import { anatomy, type Region } from './anatomy.ts'
import { ZipError } from './zip-error.ts'

const expectWhole = (regions: Region[], total: number) => {
  let at = 0
  for (const { start, length, fields } of regions) {
    expect(start).toBe(at)
    expect(length).toBeGreaterThan(0)
    at += length
    for (const field of fields ?? []) expect(field.length).toBeGreaterThan(0)
  }
  expect(at).toBe(total)
}

describe('every byte once', () => {
  for (const [name, bytes] of recordedArchives) {
    test(name, () => {
      let regions
      try {
        regions = anatomy(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ZipError)
        return
      }
      expectWhole(regions, bytes.length)
    })
  }

  test('of archives with any byte changed', async () => {
    const original = await zipOf([{ name: 'a', data: utf8('hello hello hello') }, { name: 'b/' }, { name: 'b/c' }], {
      prefix: utf8('#!x\nmore\n'),
    })
    const random = seededRandom(5)
    let drawn = 0
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from(original)
      for (let n = 0; n <= i % 3; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      try {
        expectWhole(anatomy(bytes), bytes.length)
        drawn++
      } catch (error) {
        expect(error).toBeInstanceOf(ZipError)
      }
    }
    expect(drawn).toBeGreaterThan(1000)
  })
})

test('the parts of a prefixed archive', async () => {
  const bytes = await zipOf([{ name: 'a', data: utf8('hello') }, { name: 'd/' }], {
    prefix: utf8('#!/bin/sh\nexit 1\n'),
    comment: utf8('bye'),
  })
  const regions = anatomy(bytes)
  expect(regions.map(({ kind, length, entry }) => [kind, length, entry])).toEqual([
    ['shebang', 10, undefined],
    ['prefix', 7, undefined],
    ['local-header', 31, 'a'],
    ['data', 7, 'a'],
    ['local-header', 32, 'd/'],
    ['central-directory', 47, 'a'],
    ['central-directory', 48, 'd/'],
    ['end-record', 22, undefined],
    ['comment', 3, undefined],
  ])
  const fields = regions[2]!.fields!
  expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(31)
  expect(fields[0]).toEqual({ name: 'signature', offset: 17, length: 4, value: '0x04034b50', meaning: 'a local header begins' })
  expect(fields.find(({ name }) => name === 'method')).toMatchObject({ value: '8', meaning: 'deflated' })
  expect(fields.find(({ name }) => name === 'date')).toMatchObject({ value: '33', meaning: '1980-01-01' })
  expect(fields.at(-1)).toMatchObject({ name: 'name', value: 'a', offset: 17 + 30, length: 1 })
})

test('data descriptors, zip64 records and bytes of no part', async () => {
  const kinds = (bytes: Uint8Array) => anatomy(bytes).map(({ kind }) => kind)
  expect(kinds(recordedArchive('streamed.zip'))).toEqual(['local-header', 'data', 'data-descriptor', 'central-directory', 'end-record'])
  expect(kinds(recordedArchive('trailing.zip')).at(-1)).toBe('gap')
  const many = await zipOf(Array.from({ length: 65_536 }, (_, i) => ({ name: String(i), method: 'store' as const })))
  expect(kinds(many).slice(-3)).toEqual(['zip64', 'zip64', 'end-record'])
})
