/** The archives of test/recorded/zip.json, and what the tests need to make more. */
import recording from '../recorded/zip.json'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import type { ZipLimits } from '../../engine/archive/read-directory.ts'
import { readZip, type ZipArchive } from '../../engine/archive/read-zip.ts'
import { writeZip, type NewEntry, type ZipWriting } from '../../engine/archive/write-zip.ts'

export const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

export const recordedArchives: [name: string, bytes: Uint8Array][] = Object.entries(recording.archives).map(([name, text]) => [
  name,
  fromBase64(text),
])
export const recordedArchive = (name: keyof typeof recording.archives) => fromBase64(recording.archives[name])

export const joinChunks = async (chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return new Uint8Array(Buffer.concat(parts))
}

export const zipOf = (entries: Iterable<NewEntry>, writing?: ZipWriting) => joinChunks(writeZip(entries, writing))
export const open = (bytes: Uint8Array, limits?: Partial<ZipLimits>): Promise<ZipArchive> => readZip(bytesAsSource(bytes), limits)
export const utf8 = (text: string) => new TextEncoder().encode(text)

/** Deterministic numbers from 0 to below 1 (mulberry32). */
export const seededRandom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** `toEqual` on long arrays takes minutes. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
