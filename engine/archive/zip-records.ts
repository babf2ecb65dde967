/** The fixed records of a zip (PKWARE APPNOTE 6.3.10, section 4.3): one table each, for reading, writing and drawing. Little-endian. */
import { ZipError } from './zip-error.ts'

export type FieldTable = readonly (readonly [name: string, bytes: 2 | 4 | 8])[]
export type RecordOf<T extends FieldTable> = { -readonly [F in T[number] as F[0]]: number }

export const signatures = {
  localHeader: 0x04034b50,
  dataDescriptor: 0x08074b50,
  centralHeader: 0x02014b50,
  digitalSignature: 0x05054b50,
  endRecord: 0x06054b50,
  zip64EndRecord: 0x06064b50,
  zip64Locator: 0x07064b50,
} as const

export const localHeaderFields = [
  ['signature', 4],
  ['versionNeeded', 2],
  ['flags', 2],
  ['method', 2],
  ['time', 2],
  ['date', 2],
  ['crc', 4],
  ['compressedSize', 4],
  ['size', 4],
  ['nameLength', 2],
  ['extraLength', 2],
] as const satisfies FieldTable

export const centralHeaderFields = [
  ['signature', 4],
  ['versionMadeBy', 2],
  ['versionNeeded', 2],
  ['flags', 2],
  ['method', 2],
  ['time', 2],
  ['date', 2],
  ['crc', 4],
  ['compressedSize', 4],
  ['size', 4],
  ['nameLength', 2],
  ['extraLength', 2],
  ['commentLength', 2],
  ['disk', 2],
  ['internalAttributes', 2],
  ['externalAttributes', 4],
  ['headerOffset', 4],
] as const satisfies FieldTable

export const endRecordFields = [
  ['signature', 4],
  ['disk', 2],
  ['directoryDisk', 2],
  ['diskEntries', 2],
  ['entries', 2],
  ['directorySize', 4],
  ['directoryOffset', 4],
  ['commentLength', 2],
] as const satisfies FieldTable

export const zip64EndRecordFields = [
  ['signature', 4],
  ['recordSize', 8],
  ['versionMadeBy', 2],
  ['versionNeeded', 2],
  ['disk', 4],
  ['directoryDisk', 4],
  ['diskEntries', 8],
  ['entries', 8],
  ['directorySize', 8],
  ['directoryOffset', 8],
] as const satisfies FieldTable

export const zip64LocatorFields = [
  ['signature', 4],
  ['recordDisk', 4],
  ['recordOffset', 8],
  ['disks', 4],
] as const satisfies FieldTable

export const recordLength = (fields: FieldTable): number => fields.reduce((sum, [, bytes]) => sum + bytes, 0)

export const localHeaderLength = recordLength(localHeaderFields)
export const centralHeaderLength = recordLength(centralHeaderFields)
export const endRecordLength = recordLength(endRecordFields)
export const zip64EndRecordLength = recordLength(zip64EndRecordFields)
export const zip64LocatorLength = recordLength(zip64LocatorFields)

/** Numbers above 2^53 cannot be exact; no file is that long, so such a field is a lie. */
export const readUint64 = (view: DataView, offset: number): number => {
  const value = view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32
  if (!Number.isSafeInteger(value)) throw new ZipError('size-mismatch', `a 64-bit field at byte ${offset} of its record holds ${value}`)
  return value
}

export const writeUint64 = (view: DataView, offset: number, value: number): void => {
  view.setUint32(offset, value % 2 ** 32, true)
  view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true)
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Look before `readRecord`: other bytes in a record's place make numbers that it refuses. */
export const hasSignature = (bytes: Uint8Array, signature: number, offset = 0): boolean =>
  offset + 4 <= bytes.length && viewOf(bytes).getUint32(offset, true) === signature

export const readRecord = <T extends FieldTable>(fields: T, bytes: Uint8Array, offset = 0): RecordOf<T> => {
  const view = viewOf(bytes)
  const record: Record<string, number> = {}
  let at = offset
  for (const [name, width] of fields) {
    record[name] = width === 2 ? view.getUint16(at, true) : width === 4 ? view.getUint32(at, true) : readUint64(view, at)
    at += width
  }
  return record as RecordOf<T>
}

/** The record's bytes followed by `tails` (name, extra field, comment). */
export const writeRecord = <T extends FieldTable>(fields: T, record: RecordOf<T>, ...tails: Uint8Array[]): Uint8Array => {
  const fixed = recordLength(fields)
  const bytes = new Uint8Array(tails.reduce((sum, tail) => sum + tail.length, fixed))
  const view = viewOf(bytes)
  let at = 0
  for (const [name, width] of fields) {
    const value = (record as Record<string, number>)[name]!
    if (width === 2) view.setUint16(at, value, true)
    else if (width === 4) view.setUint32(at, value, true)
    else writeUint64(view, at, value)
    at += width
  }
  for (const tail of tails) {
    bytes.set(tail, at)
    at += tail.length
  }
  return bytes
}
