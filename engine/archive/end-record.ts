/** Where an archive's end record, and with it everything else, is (APPNOTE 4.3.14 to 4.3.16). */
import { bytesAt, type Reading } from './byte-source.ts'
import {
  endRecordFields,
  endRecordLength,
  hasSignature,
  readRecord,
  signatures,
  viewOf,
  zip64EndRecordFields,
  zip64EndRecordLength,
  zip64LocatorFields,
  zip64LocatorLength,
  type RecordOf,
} from './zip-records.ts'
import { ZipError } from './zip-error.ts'

export interface End {
  /** Offset of the end record. */
  offset: number
  comment: Uint8Array
  /** Bytes after the comment. */
  trailing: number
  entries: number
  directorySize: number
  /** As written: relative to the archive's start, which is the file's start or follows a prefix. */
  directoryOffset: number
  zip64: { recordOffset: number; recordLength: number; locatorOffset: number } | undefined
  /** Offset just after the central directory: the zip64 end record, or the end record. */
  directoryEnd: number
  /** More than one end record would fit: what is inside depends on the reader. */
  ambiguous: boolean
}

const maxComment = 0xffff

interface Candidate {
  offset: number
  trailing: number
}

/** Every place in the file's last 64 KiB that has the signature, last one first. `trailing` below 0 means that the comment is cut off. */
function* findCandidates(size: number): Reading<{ tail: Uint8Array; start: number; found: Candidate[] }> {
  const length = Math.min(size, endRecordLength + maxComment)
  const start = size - length
  const tail = yield* bytesAt(size, start, length, 'the end record')
  const view = viewOf(tail)
  const found: Candidate[] = []
  for (let at = length - endRecordLength; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== signatures.endRecord) continue
    const comment = view.getUint16(at + endRecordLength - 2, true)
    found.push({ offset: start + at, trailing: size - (start + at + endRecordLength + comment) })
  }
  return { tail, start, found }
}

interface Zip64End {
  record: RecordOf<typeof zip64EndRecordFields>
  zip64: NonNullable<End['zip64']>
}

function* readZip64(size: number, endOffset: number): Reading<Zip64End | undefined> {
  const locatorOffset = endOffset - zip64LocatorLength
  if (locatorOffset < 0) return undefined
  const locatorBytes = yield* bytesAt(size, locatorOffset, zip64LocatorLength, 'the zip64 locator')
  if (!hasSignature(locatorBytes, signatures.zip64Locator)) return undefined
  const locator = readRecord(zip64LocatorFields, locatorBytes)
  if (locator.disks > 1 || locator.recordDisk !== 0) throw new ZipError('multi-disk', 'is one part of a multi-part archive')
  // With a prefix the offset may be relative to the archive's start; a record without extensible data then ends where the locator begins.
  for (const offset of [locator.recordOffset, locatorOffset - zip64EndRecordLength]) {
    if (offset < 0 || offset + zip64EndRecordLength > locatorOffset) continue
    const bytes = yield* bytesAt(size, offset, zip64EndRecordLength, 'the zip64 end record')
    if (!hasSignature(bytes, signatures.zip64EndRecord)) continue
    const record = readRecord(zip64EndRecordFields, bytes)
    const length = record.recordSize + 12
    if (length < zip64EndRecordLength || offset + length !== locatorOffset) {
      throw new ZipError('bad-end-record', `the zip64 end record's length ${length} does not reach its locator`)
    }
    return { record, zip64: { recordOffset: offset, recordLength: length, locatorOffset } }
  }
  throw new ZipError('bad-end-record', 'the zip64 end record is not where its locator points')
}

/** A field of the end record may be all ones, meaning "see zip64", or must say the same as zip64. */
const agree = (narrow: number, wide: number, full: number, what: string) => {
  if (narrow !== full && narrow !== wide)
    throw new ZipError('bad-end-record', `the end record says ${narrow} ${what}, the zip64 end record ${wide}`)
  return wide
}

function* readEnd(size: number, tail: Uint8Array, start: number, candidate: Candidate): Reading<End> {
  const at = candidate.offset - start
  const record = readRecord(endRecordFields, tail, at)
  const commentStart = at + endRecordLength
  const comment = tail.subarray(commentStart, commentStart + record.commentLength)
  const wide = yield* readZip64(size, candidate.offset)
  const end = { offset: candidate.offset, comment, trailing: candidate.trailing, ambiguous: false }
  if (wide === undefined) {
    if (record.disk !== 0 || record.directoryDisk !== 0 || record.diskEntries !== record.entries) {
      throw new ZipError('multi-disk', 'is one part of a multi-part archive')
    }
    const { entries, directorySize, directoryOffset } = record
    return { ...end, entries, directorySize, directoryOffset, zip64: undefined, directoryEnd: candidate.offset }
  }
  return {
    ...end,
    entries: agree(record.entries, wide.record.entries, 0xffff, 'entries'),
    directorySize: agree(record.directorySize, wide.record.directorySize, 0xffffffff, 'bytes of central directory'),
    directoryOffset: agree(record.directoryOffset, wide.record.directoryOffset, 0xffffffff, "as the central directory's offset"),
    zip64: wide.zip64,
    directoryEnd: wide.zip64.recordOffset,
  }
}

/** Whether a central directory (or nothing, for an empty archive) stands where the record says that it ends. */
function* pointsAtDirectory(size: number, end: End): Reading<boolean> {
  const start = end.directoryEnd - end.directorySize
  if (start < 0) return false
  if (end.directorySize === 0) return end.entries === 0
  if (end.directorySize < 4) return false
  return hasSignature(yield* bytesAt(size, start, 4, 'the central directory'), signatures.centralHeader)
}

/**
 * The end record. One whose comment reaches exactly to the file's end and that has a directory before it is preferred; a second such one
 * (hidden in the other's comment) makes the archive ambiguous. Failing that the last signature counts, as it does for Info-ZIP.
 */
export function* findEndRecord(size: number): Reading<End> {
  const { tail, start, found } = yield* findCandidates(size)
  if (found.length === 0) {
    throw new ZipError('not-a-zip', 'is not a zip archive (no end-of-central-directory record)')
  }
  const good: End[] = []
  for (const candidate of found.filter(({ trailing }) => trailing === 0).slice(0, 4)) {
    let end: End
    try {
      end = yield* readEnd(size, tail, start, candidate)
    } catch (error) {
      if (error instanceof ZipError && found.length > 1) continue
      throw error
    }
    if (yield* pointsAtDirectory(size, end)) good.push(end)
  }
  if (good.length > 0) return { ...good[0]!, ambiguous: good.length > 1 }
  return yield* readEnd(size, tail, start, found[0]!)
}
