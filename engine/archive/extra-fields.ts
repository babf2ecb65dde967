/** Extra fields (APPNOTE 4.5 and Info-ZIP's extrafld.txt): blocks of id, length, bytes. */
import { crc32 } from './crc32.ts'
import { readUint64, viewOf, writeUint64 } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

export const extraIds = { zip64: 0x0001, universalTime: 0x5455, unixIds: 0x7875, unicodePath: 0x7075, unicodeComment: 0x6375 } as const

export interface ExtraBlock {
  id: number
  bytes: Uint8Array
}

/** Blocks in order. A rest that is no whole block is left out: Info-ZIP and CPython ignore it too. */
export const readExtra = (extra: Uint8Array): ExtraBlock[] => {
  const view = viewOf(extra)
  const blocks: ExtraBlock[] = []
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true)
    if (at + 4 + length > extra.length) break
    blocks.push({ id: view.getUint16(at, true), bytes: extra.subarray(at + 4, at + 4 + length) })
    at += 4 + length
  }
  return blocks
}

export const writeExtra = (blocks: ExtraBlock[]): Uint8Array => {
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + 4 + block.bytes.length, 0))
  const view = viewOf(bytes)
  let at = 0
  for (const block of blocks) {
    view.setUint16(at, block.id, true)
    view.setUint16(at + 2, block.bytes.length, true)
    bytes.set(block.bytes, at + 4)
    at += 4 + block.bytes.length
  }
  return bytes
}

const find = (blocks: ExtraBlock[], id: number) => blocks.find((block) => block.id === id)?.bytes

const full16 = 0xffff
const full32 = 0xffffffff

export interface Wide {
  size: number
  compressedSize: number
  headerOffset: number
  disk: number
}

/** Replaces each field that is all ones by the zip64 block's value; the block holds only those, in this order (APPNOTE 4.5.3). */
export const widen = (narrow: Wide, blocks: ExtraBlock[], entry: string): Wide => {
  const wants = narrow.size === full32 || narrow.compressedSize === full32 || narrow.headerOffset === full32 || narrow.disk === full16
  const bytes = find(blocks, extraIds.zip64)
  if (!wants || bytes === undefined) return narrow
  const view = viewOf(bytes)
  let at = 0
  const take = (value: number, full: number, width: 4 | 8) => {
    if (value !== full) return value
    if (at + width > bytes.length) throw new ZipError('bad-extra', `the zip64 extra field is too short (${bytes.length} bytes)`, entry)
    at += width
    return width === 8 ? readUint64(view, at - 8) : view.getUint32(at - 4, true)
  }
  return {
    size: take(narrow.size, full32, 8),
    compressedSize: take(narrow.compressedSize, full32, 8),
    headerOffset: take(narrow.headerOffset, full32, 8),
    disk: take(narrow.disk, full16, 4),
  }
}

export const zip64Block = (values: number[]): ExtraBlock => {
  const bytes = new Uint8Array(values.length * 8)
  const view = viewOf(bytes)
  values.forEach((value, i) => writeUint64(view, i * 8, value))
  return { id: extraIds.zip64, bytes }
}

/** UT: seconds since the epoch. A central block carries mtime alone, whatever its flags announce. */
export const universalTime = (blocks: ExtraBlock[]): { mtime?: number; atime?: number } => {
  const bytes = find(blocks, extraIds.universalTime)
  if (bytes === undefined || bytes.length < 5) return {}
  const view = viewOf(bytes)
  const flags = bytes[0]!
  if (!(flags & 1)) return {}
  const times = { mtime: view.getInt32(1, true) }
  return flags & 2 && bytes.length >= 9 ? { ...times, atime: view.getInt32(5, true) } : times
}

/** ux: owner and group of any width. */
export const unixIds = (blocks: ExtraBlock[]): { uid: number; gid: number } | undefined => {
  const bytes = find(blocks, extraIds.unixIds)
  if (bytes === undefined || bytes.length < 3 || bytes[0] !== 1) return undefined
  const number = (start: number, width: number) => {
    let value = 0
    for (let i = width - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] ?? 0)
    return value
  }
  const uidWidth = bytes[1]!
  const gidWidth = bytes[2 + uidWidth] ?? 0
  return { uid: number(2, uidWidth), gid: number(3 + uidWidth, gidWidth) }
}

/** up: the UTF-8 name, valid only while the plain name still has the CRC that the block remembers. */
export const unicodePath = (blocks: ExtraBlock[], plainName: Uint8Array): Uint8Array | undefined => {
  const bytes = find(blocks, extraIds.unicodePath)
  if (bytes === undefined || bytes.length < 5 || bytes[0] !== 1) return undefined
  return viewOf(bytes).getUint32(1, true) === crc32(plainName) ? bytes.subarray(5) : undefined
}

/**
 * What Info-ZIP's zip 3.0 writes on Unix: UT with mtime and atime in the local header, mtime in the central one, and ux with 32-bit ids.
 * Times in seconds.
 */
export const infoZipExtra = (file: {
  mtime: number
  atime: number
  uid: number
  gid: number
}): { local: Uint8Array; central: Uint8Array } => {
  const times = new Uint8Array(9)
  const timesView = viewOf(times)
  times[0] = 3
  timesView.setInt32(1, file.mtime, true)
  timesView.setInt32(5, file.atime, true)
  const ids = new Uint8Array(11)
  const idsView = viewOf(ids)
  ids.set([1, 4])
  idsView.setUint32(2, file.uid, true)
  ids[6] = 4
  idsView.setUint32(7, file.gid, true)
  const owner = { id: extraIds.unixIds, bytes: ids }
  return {
    local: writeExtra([{ id: extraIds.universalTime, bytes: times }, owner]),
    central: writeExtra([{ id: extraIds.universalTime, bytes: times.subarray(0, 5) }, owner]),
  }
}
