/** The fields of an archive's records, with where they are, what they hold, and what that means to a person. */
import { unpackDosDate } from './dos-date.ts'
import { methodName } from './method-name.ts'
import { extraIds, readExtra } from './extra-fields.ts'
import { listedDate, two } from './listed-date.ts'
import {
  centralHeaderFields,
  endRecordFields,
  localHeaderFields,
  readRecord,
  recordLength,
  signatures,
  type FieldTable,
} from './zip-records.ts'
import { unixAttributes } from './zipinfo-line.ts'

export interface Field {
  name: string
  /** Bytes from the file's start. */
  offset: number
  length: number
  value: string
  /** '' where the value says all. */
  meaning: string
}

const labels: Record<string, string> = {
  signature: 'signature',
  versionNeeded: 'version needed',
  versionMadeBy: 'version made by',
  flags: 'flags',
  method: 'method',
  time: 'time',
  date: 'date',
  crc: 'CRC-32',
  compressedSize: 'compressed size',
  size: 'size',
  nameLength: 'name length',
  extraLength: 'extra field length',
  commentLength: 'comment length',
  disk: 'disk',
  internalAttributes: 'internal attributes',
  externalAttributes: 'external attributes',
  headerOffset: 'offset of local header',
  directoryDisk: 'disk of central directory',
  diskEntries: 'entries on this disk',
  entries: 'entries',
  directorySize: 'size of central directory',
  directoryOffset: 'offset of central directory',
  recordSize: 'size of this record',
  recordDisk: 'disk of zip64 end record',
  recordOffset: 'offset of zip64 end record',
  disks: 'disks',
}

const signatureNames = Object.fromEntries(
  Object.entries({
    localHeader: 'a local header begins',
    dataDescriptor: 'a data descriptor begins',
    centralHeader: 'an entry of the central directory begins',
    digitalSignature: 'a digital signature begins',
    endRecord: 'the end record begins',
    zip64EndRecord: 'the zip64 end record begins',
    zip64Locator: 'the zip64 locator begins',
  }).map(([name, meaning]) => [signatures[name as keyof typeof signatures], meaning]),
)

const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`
const systems: Record<number, string> = { 0: 'MS-DOS', 3: 'Unix', 10: 'Windows', 19: 'macOS' }
const versionText = (value: number) => `${Math.floor((value & 0xff) / 10)}.${(value & 0xff) % 10}`
const bytesText = (value: number) => `${value} byte${value === 1 ? '' : 's'}`

const flagTexts: Record<number, string> = {
  0: 'encrypted',
  3: 'sizes follow the data',
  5: 'patch data',
  6: 'strongly encrypted',
  11: 'name is UTF-8',
  13: 'header values are masked',
}
const flagsText = (flags: number) =>
  Object.entries(flagTexts)
    .filter(([bit]) => flags & (1 << Number(bit)))
    .map(([, text]) => text)
    .join(', ')

type Values = Record<string, number>

const meanings: Record<string, (value: number, record: Values) => string> = {
  signature: (value) => signatureNames[value] ?? '',
  versionNeeded: (value) => `a reader of version ${versionText(value)} or later`,
  versionMadeBy: (value) => `version ${versionText(value)}, on ${systems[value >> 8] ?? `system ${value >> 8}`}`,
  flags: flagsText,
  method: (value) => (value === 0 ? 'stored' : value === 8 ? 'deflated' : methodName(value)),
  time: (value) => `${two(value >> 11)}:${two((value >> 5) & 63)}:${two((value & 31) * 2)}`,
  date: (value) => listedDate(unpackDosDate(value, 0), 'ymd').slice(0, 10),
  compressedSize: bytesText,
  size: bytesText,
  nameLength: bytesText,
  extraLength: bytesText,
  commentLength: bytesText,
  directorySize: bytesText,
  internalAttributes: (value) => (value & 1 ? 'probably text' : ''),
  externalAttributes: (value, record) => ([3, 19].includes((record['versionMadeBy'] ?? 0) >> 8) ? unixAttributes(value >>> 16) : ''),
}

const hexDigits: Record<string, number> = { signature: 8, flags: 4, crc: 8, externalAttributes: 8 }

/** The fixed part of a record at `offset`. */
export const describeRecord = (table: FieldTable, bytes: Uint8Array, offset: number): Field[] => {
  const record: Values = readRecord(table, bytes, offset)
  let at = offset
  return table.map(([name, length]) => {
    const value = record[name]!
    const digits = hexDigits[name]
    const field = {
      name: labels[name] ?? name,
      offset: at,
      length,
      value: digits ? hex(value, digits) : String(value),
      meaning: meanings[name]?.(value, record) ?? '',
    }
    at += length
    return field
  })
}

const extraMeanings: Record<number, string> = {
  [extraIds.zip64]: 'sizes and offsets of 64 bits',
  [extraIds.universalTime]: 'times in UTC',
  [extraIds.unixIds]: 'owner and group',
  [extraIds.unicodePath]: 'name in UTF-8',
  [extraIds.unicodeComment]: 'comment in UTF-8',
}

const text = new TextDecoder()

/** The parts that follow a header: name, extra blocks, comment. */
const tails = (bytes: Uint8Array, start: number, lengths: { nameLength: number; extraLength: number; commentLength?: number }): Field[] => {
  const { nameLength, extraLength, commentLength = 0 } = lengths
  const name = bytes.subarray(start, start + nameLength)
  const fields: Field[] = [{ name: 'name', offset: start, length: nameLength, value: text.decode(name), meaning: '' }]
  const extra = bytes.subarray(start + nameLength, start + nameLength + extraLength)
  let at = start + nameLength
  for (const block of readExtra(extra)) {
    const length = 4 + block.bytes.length
    fields.push({ name: 'extra field', offset: at, length, value: hex(block.id, 4), meaning: extraMeanings[block.id] ?? '' })
    at += length
  }
  const rest = start + nameLength + extraLength - at
  if (rest > 0) fields.push({ name: 'extra field', offset: at, length: rest, value: bytesText(rest), meaning: 'no whole block' })
  const commentStart = start + nameLength + extraLength
  if (commentLength > 0) {
    const comment = text.decode(bytes.subarray(commentStart, commentStart + commentLength))
    fields.push({ name: 'comment', offset: commentStart, length: commentLength, value: comment, meaning: '' })
  }
  return fields.filter(({ length }) => length > 0)
}

export const localFields = (bytes: Uint8Array, offset: number): Field[] => [
  ...describeRecord(localHeaderFields, bytes, offset),
  ...tails(bytes, offset + recordLength(localHeaderFields), readRecord(localHeaderFields, bytes, offset)),
]

export const centralFields = (bytes: Uint8Array, offset: number): Field[] => [
  ...describeRecord(centralHeaderFields, bytes, offset),
  ...tails(bytes, offset + recordLength(centralHeaderFields), readRecord(centralHeaderFields, bytes, offset)),
]

export const endFields = (bytes: Uint8Array, offset: number): Field[] => describeRecord(endRecordFields, bytes, offset)
