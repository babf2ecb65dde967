import { Inflate } from 'fflate'
import { bytesAt, readExactly, readFrom, type Reading } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import { tasksFor } from './data-tasks.ts'
import { readExtra, widen } from './extra-fields.ts'
import type { Packed } from './pack-data.ts'
import type { ZipArchive } from './read-zip.ts'
import { badData, checkWhole, sizeLie } from './unpack-data.ts'
import { flagDescriptor, flagEncrypted, flagUtf8, methods, type ZipEntry } from './zip-entry.ts'
import { refuseImpossibleSize } from './refuse-hostile.ts'
import { localHeaderFields, localHeaderLength, readRecord, readUint64, signatures, viewOf, type RecordOf } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

/** APPNOTE 4.4.5. */
const methodNames: Record<number, string> = {
  1: 'shrunk',
  2: 'reduced',
  3: 'reduced',
  4: 'reduced',
  5: 'reduced',
  6: 'imploded',
  9: 'deflate64',
  10: 'IBM TERSE (old)',
  12: 'bzip2',
  14: 'LZMA',
  16: 'CMPSC',
  18: 'IBM TERSE',
  19: 'IBM LZ77',
  20: 'zstd (old)',
  93: 'zstd',
  94: 'MP3',
  95: 'XZ',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES',
}
export const methodName = (method: number): string => methodNames[method] ?? `number ${method}`

export interface LocalHeader {
  record: RecordOf<typeof localHeaderFields>
  nameBytes: Uint8Array
  extra: Uint8Array
  /** Where the data begin, in the file. */
  dataOffset: number
}

export function* localHeader(size: number, entry: ZipEntry): Reading<LocalHeader> {
  const record = readRecord(localHeaderFields, yield* bytesAt(size, entry.headerOffset, localHeaderLength, 'a local header'))
  if (record.signature !== signatures.localHeader) {
    throw new ZipError('bad-signature', `no local header at byte ${entry.headerOffset}`, entry.name)
  }
  const tailOffset = entry.headerOffset + localHeaderLength
  const tail = yield* bytesAt(size, tailOffset, record.nameLength + record.extraLength, 'a local header')
  return {
    record,
    nameBytes: tail.subarray(0, record.nameLength),
    extra: tail.subarray(record.nameLength),
    dataOffset: tailOffset + tail.length,
  }
}

export const readLocalHeader = (archive: ZipArchive, entry: ZipEntry): Promise<LocalHeader> =>
  readFrom(archive.source, localHeader(archive.source.size, entry))

const equalBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Everything that the local header repeats must be the same; with a data descriptor, CRC and sizes may be zero there. */
const checkLocalHeader = (local: LocalHeader, entry: ZipEntry): void => {
  const { record } = local
  const mismatch = (what: string) => {
    throw new ZipError('local-mismatch', `${what} differ in the local header and the central directory`, entry.name)
  }
  if (!equalBytes(local.nameBytes, entry.nameBytes)) mismatch('the names')
  if (record.method !== entry.method) mismatch('the methods')
  if ((record.flags ^ entry.flags) & (flagEncrypted | flagDescriptor | flagUtf8)) mismatch('the flags')
  const { size, compressedSize } = widen(
    { size: record.size, compressedSize: record.compressedSize, headerOffset: 0, disk: 0 },
    readExtra(local.extra),
    entry.name,
  )
  const deferred = (entry.flags & flagDescriptor) !== 0
  if (record.crc !== entry.crc && !(deferred && record.crc === 0)) mismatch('the CRCs')
  if (size !== entry.size && !(deferred && size === 0)) mismatch('the sizes')
  if (compressedSize !== entry.compressedSize && !(deferred && compressedSize === 0)) mismatch('the compressed sizes')
}

/** The descriptor's length (APPNOTE 4.3.9: signature optional, sizes of 4 or 8 bytes), or undefined where none matches the entry. */
export const descriptorLength = (bytes: Uint8Array, entry: ZipEntry): number | undefined => {
  const view = viewOf(bytes)
  for (const signed of [4, 0]) {
    if (signed && !(bytes.length >= 4 && view.getUint32(0, true) === signatures.dataDescriptor)) continue
    if (bytes.length < signed + 12 || view.getUint32(signed, true) !== entry.crc) continue
    const narrow = view.getUint32(signed + 4, true) === entry.compressedSize && view.getUint32(signed + 8, true) === entry.size
    if (narrow) return signed + 12
    if (bytes.length < signed + 20 || view.getUint32(signed + 8, true) >= 2 ** 21 || view.getUint32(signed + 16, true) >= 2 ** 21) continue
    if (readUint64(view, signed + 4) === entry.compressedSize && readUint64(view, signed + 12) === entry.size) return signed + 20
  }
  return undefined
}

const refuseUnreadable = (entry: ZipEntry): void => {
  if (entry.flags & flagEncrypted) throw new ZipError('encrypted', 'is encrypted, which is not supported', entry.name)
  if (entry.method !== methods.store && entry.method !== methods.deflate) {
    throw new ZipError('unsupported-method', `is compressed by a method that is not supported (${methodName(entry.method)})`, entry.name)
  }
}

/** Where the entry's compressed bytes are, once all that can be checked without inflating has been. */
const locate = async (archive: ZipArchive, entry: ZipEntry): Promise<number> => {
  refuseImpossibleSize(entry)
  const local = await readLocalHeader(archive, entry)
  checkLocalHeader(local, entry)
  const dataEnd = local.dataOffset + entry.compressedSize
  const boundary = archive.boundary(entry)
  if (dataEnd > boundary)
    throw new ZipError('overlap', `its data end at ${dataEnd}, where other parts of the archive begin at ${boundary}`, entry.name)
  if (entry.flags & flagDescriptor) {
    const after = await readExactly(archive.source, dataEnd, Math.min(24, boundary - dataEnd), 'a data descriptor')
    if (descriptorLength(after, entry) === undefined) {
      throw new ZipError('local-mismatch', 'its data descriptor is missing or differs from the central directory', entry.name)
    }
  }
  return local.dataOffset
}

export const readEntry = async (archive: ZipArchive, entry: ZipEntry): Promise<Uint8Array> => {
  refuseUnreadable(entry)
  const dataOffset = await locate(archive, entry)
  const packed = await readExactly(archive.source, dataOffset, entry.compressedSize, 'an entry')
  const { name, method, crc, size } = entry
  return (await tasksFor(Math.max(size, packed.length)).unpack(packed, { name, method, crc, size })).bytes
}

const chunkLength = 1 << 16
/** Encryption and the deflate level's two bits. */
const flagsOfData = 7

/** Rejects where the headers are wrong; what is yielded is checked for size and CRC at its end. */
export const streamEntry = async (archive: ZipArchive, entry: ZipEntry): Promise<AsyncGenerator<Uint8Array>> => {
  refuseUnreadable(entry)
  return inflateChunks(archive, entry, await locate(archive, entry))
}

async function* storedChunks(archive: ZipArchive, entry: ZipEntry, dataOffset: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < entry.compressedSize; at += chunkLength) {
    yield readExactly(archive.source, dataOffset + at, Math.min(chunkLength, entry.compressedSize - at), 'an entry')
  }
}

/** The bytes as they are packed, whatever the method, encrypted ones too: for a copy into another archive. */
export const packedData = async (archive: ZipArchive, entry: ZipEntry): Promise<Packed> => {
  const { method, crc, size, compressedSize } = entry
  const dataOffset = await locate(archive, entry)
  return { method, crc, size, compressedSize, flags: entry.flags & flagsOfData, chunks: storedChunks(archive, entry, dataOffset) }
}

async function* inflateChunks(archive: ZipArchive, entry: ZipEntry, dataOffset: number): AsyncGenerator<Uint8Array> {
  let crc = 0
  let size = 0
  let pieces: Uint8Array[] = []
  const inflater = entry.method === methods.deflate ? new Inflate((piece) => void (piece.length && pieces.push(piece))) : undefined
  for (let at = 0; at < entry.compressedSize || (at === 0 && inflater); at += chunkLength) {
    const length = Math.min(chunkLength, entry.compressedSize - at)
    const packed = await readExactly(archive.source, dataOffset + at, length, 'an entry')
    if (inflater) {
      try {
        inflater.push(packed, at + length === entry.compressedSize)
      } catch (error) {
        throw badData(entry, error)
      }
    } else pieces.push(packed)
    const ready = pieces
    pieces = []
    for (const piece of ready) {
      size += piece.length
      if (size > entry.size) throw sizeLie(entry, 'more')
      crc = crc32(piece, crc)
      yield piece
    }
  }
  checkWhole(entry, crc, size)
}
