/** Packed entries as a file that is kept: a zip, a line of JSON about it, and a sum of both. */
import { readExactly, type ByteSource } from '../archive/byte-source.ts'
import { crc32 } from '../archive/crc32.ts'
import type { EntryRun } from '../archive/entry-run.ts'
import { writeZip, type NewEntry } from '../archive/write-zip.ts'
import { endRecordFields, endRecordLength, readRecord, viewOf } from '../archive/zip-records.ts'

/** Read and written at a time, in bytes. */
const step = 1 << 18
/** The CRC of all that is before it, and the length of the JSON. */
const trailerLength = 8
/** Numbers that mean "see the zip64 record". */
const [full16, full32] = [0xffff, 0xffffffff]

/** Few large pieces of many small ones. */
async function* gathered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let room = new Uint8Array(step)
  let used = 0
  for await (const chunk of chunks) {
    if (chunk.length > step - used) {
      if (used) yield room.subarray(0, used)
      room = new Uint8Array(step)
      used = 0
    }
    if (chunk.length > step) yield chunk
    else {
      room.set(chunk, used)
      used += chunk.length
    }
  }
  if (used) yield room.subarray(0, used)
}

/** The file's bytes. `about` is asked for when the entries have been written; it is what JSON can say. */
export async function* keepRun(entries: AsyncIterable<NewEntry | EntryRun>, about: () => unknown): AsyncGenerator<Uint8Array> {
  let crc = 0
  for await (const chunk of gathered(writeZip(entries))) {
    crc = crc32(chunk, crc)
    yield chunk
  }
  const json = new TextEncoder().encode(JSON.stringify(about()))
  const trailer = new Uint8Array(trailerLength)
  viewOf(trailer).setUint32(0, crc32(json, crc), true)
  viewOf(trailer).setUint32(4, json.length, true)
  yield json
  yield trailer
}

/** All in one room: what is read is let go of before the next reading. */
async function* partOf(source: ByteSource, end: number): AsyncGenerator<Uint8Array> {
  const room = new Uint8Array(Math.min(step, end))
  for (let at = 0; at < end; at += step) yield await source.read(at, Math.min(step, end - at), room)
}

/** What `keepRun` wrote, read once through; undefined where it is not whole, or its entries need zip64. */
export const readRun = async (source: ByteSource): Promise<{ run: EntryRun; about: unknown } | undefined> => {
  const summed = source.size - trailerLength
  if (summed < endRecordLength) return undefined
  const trailer = viewOf(await readExactly(source, summed, trailerLength, 'a sum'))
  let crc = 0
  for await (const chunk of partOf(source, summed)) crc = crc32(chunk, crc)
  const jsonLength = trailer.getUint32(4, true)
  if (crc !== trailer.getUint32(0, true) || jsonLength + endRecordLength > summed) return undefined
  const zipEnd = summed - jsonLength
  const end = readRecord(endRecordFields, await readExactly(source, zipEnd - endRecordLength, endRecordLength, 'an end record'))
  const { entries: count, directoryOffset: size, directorySize } = end
  if (count === full16 || size === full32 || directorySize === full32) return undefined
  const central = await readExactly(source, size, directorySize, 'a central directory')
  const json = await readExactly(source, zipEnd, jsonLength, 'a description')
  return { run: { count, size, central, chunks: () => partOf(source, size) }, about: JSON.parse(new TextDecoder().decode(json)) as unknown }
}
