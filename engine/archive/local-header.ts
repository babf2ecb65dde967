/** What stands around an entry's data: the local header before them, the descriptor that may come after. */
import { bytesAt, readFrom, type Reading } from './byte-source.ts'
import { readExtra, widen } from './extra-fields.ts'
import type { ZipDirectory } from './read-directory.ts'
import { flagDescriptor, flagEncrypted, flagUtf8, type ZipEntry } from './zip-entry.ts'
import { localHeaderFields, localHeaderLength, readRecord, readUint64, signatures, viewOf, type RecordOf } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

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

export const readLocalHeader = (archive: ZipDirectory, entry: ZipEntry): Promise<LocalHeader> =>
  readFrom(archive.source, localHeader(archive.source.size, entry))

const equalBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Everything that the local header repeats must be the same; with a data descriptor, CRC and sizes may be zero there. */
export const checkLocalHeader = (local: LocalHeader, entry: ZipEntry): void => {
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
