import { deflateSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { joinChunks, open, recordedArchive, sameBytes, utf8, zipOf } from '../../test/support/recorded-archives.ts'
import { crc32 } from './crc32.ts'
import { packData } from './pack-data.ts'
import type { ZipLimits } from './read-directory.ts'
import { signatures, viewOf } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

/** The code of the refusal, in opening or in reading every entry both ways; 'read' where there is none. */
const outcome = async (bytes: Uint8Array, limits?: Partial<ZipLimits>): Promise<string> => {
  try {
    const archive = await open(bytes, limits)
    for (const entry of archive.entries) {
      const whole = await archive.data(entry)
      expect(sameBytes(await joinChunks(await archive.stream(entry)), whole)).toBe(true)
    }
    return 'read'
  } catch (error) {
    if (error instanceof ZipError) return error.code
    throw error
  }
}

const named = (...names: string[]) =>
  zipOf(
    names.map((name, i) => ({ name, data: utf8(String(i)) })),
    { anyName: true },
  )
const two = () =>
  zipOf([
    { name: 'a.txt', data: utf8('hello\n'.repeat(20)) },
    { name: 'b.txt', data: utf8('hello\n'.repeat(30)), method: 'store' },
  ])

const centralOf = (bytes: Uint8Array, n = 0) => {
  const view = viewOf(bytes)
  for (let at = 0, seen = 0; at + 4 <= bytes.length; at++) {
    if (view.getUint32(at, true) === signatures.centralHeader && seen++ === n) return at
  }
  throw new Error('no such entry')
}
/** Changes a field of both headers of the first entry: `local` and `central` are its offsets in them. */
const patchBoth = (bytes: Uint8Array, local: number, central: number, value: number, width: 2 | 4 = 4) => {
  const view = viewOf(bytes)
  for (const at of [local, centralOf(bytes) + central]) width === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true)
  return bytes
}

test('an archive without fault is read', async () => {
  expect(await outcome(await two())).toBe('read')
})

describe('names', () => {
  for (const name of ['/etc/passwd', '../up', 'a/../../b', 'a\\b', 'C:/x', 'c:x', 'a\0b', '', 'a//b', './a', '..', '/']) {
    test(JSON.stringify(name), async () => {
      expect(await outcome(await named(name))).toBe('bad-name')
      await expect(zipOf([{ name }])).rejects.toMatchObject({ code: 'bad-name' })
    })
  }
  test('names with dots that are harmless', async () => {
    expect(await outcome(await named('..a', 'a..b/c..', '...', 'a/.hidden'))).toBe('read')
  })
  test('UTF-8 that is none', async () => {
    const bytes = await named('é')
    for (const at of [30, centralOf(bytes) + 46]) bytes[at] = 0xff
    expect(await outcome(bytes)).toBe('bad-name')
  })
})

describe('duplicates', () => {
  const duplicate = async (first: string, second: string) => {
    const bytes = await zipOf([
      { name: 'same', data: utf8(first) },
      { name: 'sama', data: utf8(second) },
    ])
    const text = Buffer.from(bytes.buffer)
    for (let at = text.indexOf('sama'); at !== -1; at = text.indexOf('sama', at + 1)) bytes[at + 3] = 0x65
    return bytes
  }
  test('that differ are refused', async () => expect(await outcome(await duplicate('one', 'two'))).toBe('duplicate-name'))
  test('that are the same are not', async () => expect(await outcome(await duplicate('one', 'one'))).toBe('read'))
  test('are never written', () => expect(zipOf([{ name: 'a' }, { name: 'a' }])).rejects.toMatchObject({ code: 'duplicate-name' }))
  test('a file where a directory must be', async () => expect(await outcome(await named('x', 'x/y'))).toBe('name-conflict'))
  test('something behind a symlink', async () => {
    const bytes = await zipOf([
      { name: 'out', mode: 0o120777, data: utf8('/tmp') },
      { name: 'out/through', data: utf8('x') },
    ])
    expect(await outcome(bytes)).toBe('name-conflict')
  })
  test('a directory and a file of one name', async () => expect(await outcome(await named('d/', 'd'))).toBe('duplicate-name'))
})

describe('headers that contradict each other', () => {
  const fields: [what: string, offset: number, value: number][] = [
    ['the name', 30, 0x7a],
    ['the method', 8, 0],
    ['a flag', 7, 8],
    ['the CRC', 14, 1],
    ['the compressed size', 18, 1],
    ['the size', 22, 1],
  ]
  for (const [what, offset, value] of fields) {
    test(`${what} is another in the local header`, async () => {
      const bytes = await two()
      bytes[offset] = value
      expect(await outcome(bytes)).toBe('local-mismatch')
    })
  }
  test('no local header where it should be', async () => {
    const bytes = await two()
    bytes[1] = 0
    expect(await outcome(bytes)).toBe('bad-signature')
  })
  test('a data descriptor that lies', async () => {
    const bytes = Uint8Array.from(recordedArchive('streamed.zip'))
    expect(await outcome(bytes)).toBe('read')
    const descriptor = Buffer.from(bytes.buffer).indexOf('PK\x07\x08')
    bytes[descriptor + 4]! ^= 1
    expect(await outcome(bytes)).toBe('local-mismatch')
  })
})

describe('sizes that lie', () => {
  test('less than there is', async () => expect(await outcome(patchBoth(await two(), 22, 24, 60))).toBe('size-mismatch'))
  test('one byte less, whose CRC is right', async () => {
    const bytes = patchBoth(await two(), 22, 24, 119)
    expect(await outcome(patchBoth(bytes, 14, 16, crc32(utf8('hello\n'.repeat(20).slice(0, 119)))))).toBe('size-mismatch')
  })
  test('more than there is', async () => expect(await outcome(patchBoth(await two(), 22, 24, 121))).toBe('size-mismatch'))
  test('more than deflate can give', async () => expect(await outcome(patchBoth(await two(), 22, 24, 0xfffffff0))).toBe('bomb'))
  test('a stored entry that grows', async () => {
    const bytes = await zipOf([{ name: 'a', data: utf8('abc'), method: 'store' }])
    expect(await outcome(patchBoth(bytes, 22, 24, 4))).toBe('size-mismatch')
  })
  test('an entry that reaches into the next', async () => {
    const bytes = patchBoth(await two(), 18, 20, 100)
    expect(await outcome(bytes)).toBe('overlap')
  })
  test('two entries on the same data', async () => expect(await outcome(recordedArchive('overlap.zip'))).toBe('overlap'))
  test('both are refused before anything is read of them', async () => {
    for (const name of ['overlap.zip', 'offset-lie.zip'] as const) {
      await expect(open(recordedArchive(name))).rejects.toMatchObject({ code: 'overlap' })
    }
  })
  test('an entry inside another', async () => expect(await outcome(recordedArchive('offset-lie.zip'))).toBe('overlap'))
})

describe('bombs', () => {
  test('a stream ends before it gives more than the size that the directory claims', async () => {
    const { entries, stream } = await open(await zipOf([{ name: 'zeros', data: new Uint8Array(2 ** 20) }]))
    const [entry] = entries
    // Two headers that lie alike pass every check before the data: so does this one.
    const chunks = await stream(entry!)
    entry!.size = 1000
    let given = 0
    await expect((async () => { for await (const chunk of chunks) given += chunk.length })()).rejects.toMatchObject({ code: 'size-mismatch' })
    expect(given).toBeLessThanOrEqual(1000)
  })
  const zeros = (size: number) => zipOf([{ name: 'zeros', data: new Uint8Array(size) }])
  test('a ratio over the limit, once it is large', async () => {
    expect(await outcome(await zeros(2 ** 24 + 1))).toBe('bomb')
    expect(await outcome(await zeros(2 ** 24))).toBe('read')
    expect(await outcome(await zeros(2 ** 24 + 1), { ratio: 2000 })).toBe('read')
  })
  test('a total over the limit', async () => {
    expect(await outcome(await zeros(5000), { size: 4999 })).toBe('bomb')
    expect(await outcome(await zeros(5000), { size: 5000 })).toBe('read')
  })
  test('too many entries, which the caller can allow', async () => {
    const bytes = await named(...Array.from({ length: 30 }, (_, i) => `f${i}`))
    expect(await outcome(bytes, { entries: 29 })).toBe('too-many-entries')
    expect(await outcome(bytes, { entries: 30 })).toBe('read')
  })
  test('data that inflate on and on stop at the size that the directory says', async () => {
    const packed = await packData(new Uint8Array(2 ** 22))
    const bytes = await zipOf([{ name: 'a', data: { ...packed, size: 1000 } }])
    expect(await outcome(bytes)).toBe('size-mismatch')
  })
})

describe('truncation', () => {
  test('anywhere', async () => {
    const bytes = await zipOf([{ name: 'a.txt', data: utf8('hello') }, { name: 'd/' }], {
      comment: utf8('the comment'),
      prefix: utf8('#!x\n'),
    })
    for (let length = 0; length < bytes.length; length++) expect(await outcome(bytes.slice(0, length))).not.toBe('read')
    for (let start = 1; start < bytes.length; start++) {
      // Only the prefix may go: its bytes belong to no part.
      const got = await outcome(bytes.slice(start))
      expect(got, `from ${start}`).not.toBe('read')
    }
  })
  test('in deflated data', async () => {
    const packed = deflateSync(utf8('some words to deflate, some words'))
    const half = packed.subarray(0, packed.length >> 1)
    const bytes = await zipOf([{ name: 'a', data: { method: 8, crc: 1, size: 33, compressedSize: half.length, chunks: [half] } }])
    expect(await outcome(bytes)).toBe('bad-data')
    expect(await outcome(await zipOf([{ name: 'a', data: { method: 8, crc: 0, size: 0, compressedSize: 0, chunks: [] } }]))).toBe('bad-data')
  })
})

describe('the end record', () => {
  test('of another archive in the comment', async () => {
    const inner = await named('inner')
    expect(await outcome(await zipOf([{ name: 'outer' }], { comment: inner }))).toBe('bad-end-record')
  })
  test('a mere signature in the comment harms nothing', async () => {
    expect(await outcome(await zipOf([{ name: 'outer' }], { comment: utf8('PK\x05\x06 and more than twenty bytes of it') }))).toBe('read')
  })
  test('bytes after it', async () => expect(await outcome(recordedArchive('trailing.zip'))).toBe('trailing-bytes'))
  test('a comment cut short', async () => expect(await outcome(recordedArchive('comment-cut.zip'))).toBe('truncated'))
  test('a wrong count', async () => expect(await outcome(recordedArchive('count-lie.zip'))).toBe('bad-end-record'))
  test('a part of several', async () => expect(await outcome(recordedArchive('disk.zip'))).toBe('multi-disk'))
  test('nothing at all', async () => expect(await outcome(new Uint8Array(0))).toBe('not-a-zip'))
  test('a directory that is none', async () => expect(await outcome(recordedArchive('bad-central-signature.zip'))).toBe('bad-signature'))
  test('an offset beyond the file', async () => {
    const bytes = await two()
    viewOf(bytes).setUint32(bytes.length - 6, 0x7fffffff, true)
    expect(await outcome(bytes)).toBe('truncated')
  })
})
