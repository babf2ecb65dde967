/** A zip's structure: its end record and its central directory, as they stand. Nothing here inflates. */
import { bytesAsSource, bytesAt, readFromBytes, type ByteSource, type Reading } from './byte-source.ts'
import { findEndRecord, type End } from './end-record.ts'
import { readCentralHeader, type ZipEntry } from './zip-entry.ts'
import { hasSignature, localHeaderLength, signatures } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

/** What a reader puts up with. Sizes in bytes. */
export interface ZipLimits {
  entries: number
  /** Of all entries together, inflated. */
  size: number
  /** Inflated size over the archive's own, once it inflates to more than 16 MiB. */
  ratio: number
}
export const defaultLimits: ZipLimits = { entries: 100_000, size: 2 ** 32, ratio: 300 }

export interface ZipDirectory {
  source: ByteSource
  entries: ZipEntry[]
  comment: Uint8Array
  /** Bytes before the first local header: a shebang, a script, an executable. */
  prefixLength: number
  /**
   * What must be added to the offsets as written: 0 where they count from the file's start (PEX, zipapp), the prefix's length where not.
   */
  offsetShift: number
  directoryOffset: number
  directorySize: number
  end: End
  /** Where the entry's room ends at the latest: the next local header or the central directory. */
  boundary(entry: ZipEntry): number
}

/** For each entry the start of whatever follows it. */
const findBoundaries = (entries: ZipEntry[], directoryOffset: number): Map<ZipEntry, number> => {
  const sorted = [...entries].sort((a, b) => a.headerOffset - b.headerOffset)
  return new Map(sorted.map((entry, i) => [entry, sorted[i + 1]?.headerOffset ?? directoryOffset]))
}

/**
 * The archive's structure: what a listing or a drawing needs. Names are not judged, nothing is inflated; broken structure (no end record,
 * truncation, wrong signatures, too many entries) is refused. Entries keep the central directory's order.
 */
export function* readingDirectory(source: ByteSource, limits: Partial<ZipLimits>): Reading<ZipDirectory> {
  const end = yield* findEndRecord(source.size)
  const { entries: most } = { ...defaultLimits, ...limits }
  if (end.entries > most) throw new ZipError('too-many-entries', `has ${end.entries} entries, the limit is ${most}`)
  const directoryOffset = end.directoryEnd - end.directorySize
  const offsetShift = directoryOffset - end.directoryOffset
  if (directoryOffset < 0 || offsetShift < 0) {
    throw new ZipError('truncated', `truncated: ${Math.max(-offsetShift, -directoryOffset)} bytes are missing before the end record`)
  }
  const headers = yield* bytesAt(source.size, directoryOffset, end.directorySize, 'the central directory')
  const entries: ZipEntry[] = []
  let at = 0
  while (hasSignature(headers, signatures.centralHeader, at)) {
    if (entries.length === most) throw new ZipError('too-many-entries', `has more than ${most} entries`)
    const { entry, next } = readCentralHeader(headers, at, offsetShift, entries.length + 1)
    entries.push(entry)
    at = next
  }
  const signed = hasSignature(headers, signatures.digitalSignature, at)
  if (at !== headers.length && !signed) {
    throw new ZipError('bad-signature', `no central header at byte ${directoryOffset + at}, where entry ${entries.length + 1} should begin`)
  }
  if (entries.length !== end.entries) {
    throw new ZipError('bad-end-record', `the end record says ${end.entries} entries, the central directory has ${entries.length}`)
  }
  const boundaries = findBoundaries(entries, directoryOffset)
  const directory: ZipDirectory = {
    source,
    entries,
    comment: end.comment,
    prefixLength: entries.reduce((least, entry) => Math.min(least, entry.headerOffset), directoryOffset),
    offsetShift,
    directoryOffset,
    directorySize: end.directorySize,
    end,
    boundary: (entry) => boundaries.get(entry) ?? directoryOffset,
  }
  for (const entry of entries) {
    if (entry.headerOffset + localHeaderLength > directoryOffset) {
      throw new ZipError('truncated', `its local header at ${entry.headerOffset} is not before the central directory`, entry.name)
    }
  }
  return directory
}

export const readDirectoryOfBytes = (bytes: Uint8Array, limits: Partial<ZipLimits> = {}): ZipDirectory =>
  readFromBytes(bytes, readingDirectory(bytesAsSource(bytes), limits))
