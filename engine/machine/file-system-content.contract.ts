/** The part of the file systems' contract on the bytes of files. */
import { describe, expect, test } from 'vitest'
import { byPath } from '../../test/support/by-path.ts'
import { errnoOf } from '../../test/support/errno-of.ts'
import type { FileSystem } from './file-system.ts'
import { S_IFREG } from './stat.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const fileSystemContentContract = (name: string, make: () => FileSystem): void => {
  const world = () => {
    const fs = make()
    return { fs, ...byPath(fs) }
  }

  describe(`${name}: content`, () => {
    test('is read back, from anywhere, up to the end', () => {
      const { fs, touch, text } = world()
      const f = touch('/f', 'hello')
      expect(fs.write(f, 5, encoder.encode(' world'))).toBe(6)
      expect(text('/f')).toBe('hello world')
      expect(fs.write(f, 0, encoder.encode('J'))).toBe(1)
      expect(decoder.decode(fs.read(f, 0, 5))).toBe('Jello')
      expect(decoder.decode(fs.read(f, 6, 100))).toBe('world')
      expect(fs.read(f, 11, 10)).toHaveLength(0)
      expect(fs.read(f, 1e6, 10)).toHaveLength(0)
      expect(fs.read(f, 0, 0)).toHaveLength(0)
      expect(fs.write(f, 50, new Uint8Array(0))).toBe(0)
      expect(fs.stat(f)).toMatchObject({ size: 11, mode: S_IFREG | 0o644, nlink: 1 })
    })

    test('has zeros where nothing was written', () => {
      const { fs, touch } = world()
      const f = touch('/f', 'abc')
      fs.write(f, 200_000, encoder.encode('z'))
      const all = fs.read(f, 0, 300_000)
      expect(all).toHaveLength(200_001)
      expect([...all.subarray(0, 4), all[199_999], all[200_000]]).toEqual([97, 98, 99, 0, 0, 122])
      expect(all.subarray(3, 200_000).every(byte => byte === 0)).toBe(true)
      expect(fs.stat(f).blocks).toBeLessThan(100)
    })

    test('is cut off and lengthened; what was cut off never comes back', () => {
      const { fs, touch, text } = world()
      const f = touch('/f', 'hello world')
      fs.truncate(f, 5)
      expect(text('/f')).toBe('hello')
      fs.truncate(f, 8)
      expect(text('/f')).toBe('hello\0\0\0')
      fs.write(f, 0, encoder.encode('hello world'))
      fs.truncate(f, 5)
      fs.write(f, 9, encoder.encode('d'))
      expect(text('/f')).toBe('hello\0\0\0\0d')
      fs.write(f, 0, new Uint8Array(200_000).fill(1))
      fs.truncate(f, 65_536)
      fs.truncate(f, 150_000)
      const all = fs.read(f, 0, 1e6)
      expect(all).toHaveLength(150_000)
      expect([all[65_535], all[65_536], all[149_999]]).toEqual([1, 0, 0])
      fs.write(f, 66_000, encoder.encode('x'))
      expect([fs.read(f, 65_999, 1)[0], fs.read(f, 66_000, 2)[0], fs.read(f, 66_001, 1)[0]]).toEqual([0, 120, 0])
      fs.truncate(f, 0)
      expect(fs.stat(f)).toMatchObject({ size: 0, blocks: 0 })
    })

    test.each([0, 1, 65_535, 65_536, 65_537, 131_072])('written across a border at %i', offset => {
      const { fs, touch } = world()
      const bytes = Uint8Array.from({ length: 140_000 }, (_, i) => (i * 7) % 251)
      const f = touch('/f')
      expect(fs.write(f, offset, bytes)).toBe(bytes.length)
      expect(Buffer.compare(fs.read(f, offset, bytes.length), bytes)).toBe(0)
      expect(fs.stat(f).size).toBe(offset + bytes.length)
    })

    test('belongs to the file system: bytes given and got are copies', () => {
      const { fs, touch, text } = world()
      const f = touch('/f')
      const bytes = encoder.encode('abc')
      fs.write(f, 0, bytes)
      bytes.fill(0)
      const got = fs.read(f, 0, 3)
      fs.write(f, 0, encoder.encode('xyz'))
      expect(decoder.decode(got)).toBe('abc')
      got.fill(0)
      expect(text('/f')).toBe('xyz')
    })

    test('is only what files have', () => {
      const { fs, mkdir } = world()
      const d = mkdir('/d')
      expect(errnoOf(() => fs.read(d, 0, 1))).toBe('EISDIR')
      expect(errnoOf(() => fs.write(d, 0, encoder.encode('x')))).toBe('EISDIR')
      expect(errnoOf(() => fs.truncate(d, 0))).toBe('EISDIR')
    })

    test('stays while the file is held, after its last name is gone', () => {
      const { fs, touch, unlink, text } = world()
      const f = touch('/f', 'kept')
      fs.retain(f)
      fs.retain(f)
      unlink('/f')
      fs.release(f)
      expect(text(f)).toBe('kept')
      fs.write(f, 4, encoder.encode('!'))
      expect(text(f)).toBe('kept!')
      expect(fs.stat(f).nlink).toBe(0)
      expect(errnoOf(() => fs.link(f, fs.root, 'again'))).toBe('ENOENT')
      fs.release(f)
    })
  })
}
