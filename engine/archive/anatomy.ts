import { readFromBytes } from './byte-source.ts'
import { centralFields, describeRecord, endFields, localFields, type Field } from './anatomy-fields.ts'
import { descriptorLength, localHeader } from './local-header.ts'
import { readDirectoryOfBytes, type ZipDirectory } from './read-directory.ts'
import { flagDescriptor, type ZipEntry } from './zip-entry.ts'
import { centralHeaderLength, endRecordLength, zip64EndRecordFields, zip64LocatorFields, zip64LocatorLength } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

export interface Region {
  kind:
    'shebang' | 'prefix' | 'local-header' | 'data' | 'data-descriptor' | 'central-directory' | 'end-record' | 'zip64' | 'comment' | 'gap'
  /** Bytes from the file's start. */
  start: number
  length: number
  /** The name of the entry it belongs to. */
  entry?: string
  /** In order; their offsets count from the file's start. */
  fields?: Field[]
}

const newline = 10

/** A shebang line, and what else stands before the first entry. */
const prefixRegions = (bytes: Uint8Array, length: number): Region[] => {
  if (length === 0) return []
  const shebang = bytes[0] === 0x23 && bytes[1] === 0x21 && length >= 2
  if (!shebang) return [{ kind: 'prefix', start: 0, length }]
  const end = bytes.subarray(0, length).indexOf(newline) + 1 || length
  const first: Region = { kind: 'shebang', start: 0, length: end }
  return end === length ? [first] : [first, { kind: 'prefix', start: end, length: length - end }]
}

const entryRegions = (bytes: Uint8Array, archive: ZipDirectory, entry: ZipEntry): Region[] => {
  let local
  try {
    local = readFromBytes(bytes, localHeader(bytes.length, entry))
  } catch (error) {
    // Bytes that are no local header are a gap: the drawing shows what is there.
    if (error instanceof ZipError) return []
    throw error
  }
  const { name } = entry
  const { dataOffset } = local
  const regions: Region[] = [
    {
      kind: 'local-header',
      start: entry.headerOffset,
      length: dataOffset - entry.headerOffset,
      entry: name,
      fields: localFields(bytes, entry.headerOffset),
    },
  ]
  const dataEnd = Math.min(dataOffset + entry.compressedSize, archive.boundary(entry))
  regions.push({ kind: 'data', start: dataOffset, length: dataEnd - dataOffset, entry: name })
  if (entry.flags & flagDescriptor) {
    const length = descriptorLength(bytes.subarray(dataEnd, Math.min(dataEnd + 24, archive.boundary(entry))), entry)
    if (length) regions.push({ kind: 'data-descriptor', start: dataEnd, length, entry: name })
  }
  return regions
}

const directoryRegions = (bytes: Uint8Array, archive: ZipDirectory): Region[] => {
  let start = archive.directoryOffset
  return archive.entries.map((entry) => {
    const { nameLength, extraLength, commentLength } = entry.raw
    const region: Region = {
      kind: 'central-directory',
      start,
      length: centralHeaderLength + nameLength + extraLength + commentLength,
      entry: entry.name,
      fields: centralFields(bytes, start),
    }
    start += region.length
    return region
  })
}

const endRegions = (bytes: Uint8Array, { end }: ZipDirectory): Region[] => {
  const regions: Region[] = []
  if (end.zip64) {
    const { recordOffset, recordLength, locatorOffset } = end.zip64
    regions.push({
      kind: 'zip64',
      start: recordOffset,
      length: recordLength,
      fields: describeRecord(zip64EndRecordFields, bytes, recordOffset),
    })
    regions.push({
      kind: 'zip64',
      start: locatorOffset,
      length: zip64LocatorLength,
      fields: describeRecord(zip64LocatorFields, bytes, locatorOffset),
    })
  }
  regions.push({ kind: 'end-record', start: end.offset, length: endRecordLength, fields: endFields(bytes, end.offset) })
  regions.push({ kind: 'comment', start: end.offset + endRecordLength, length: end.comment.length })
  return regions
}

/** In order, each byte once: what overlaps is cut, what is left over is a gap. */
const tile = (regions: Region[], total: number): Region[] => {
  const tiled: Region[] = []
  let at = 0
  for (const region of [...regions].sort((a, b) => a.start - b.start)) {
    const end = Math.min(region.start + region.length, total)
    if (end <= at || region.length <= 0) continue
    if (region.start > at) tiled.push({ kind: 'gap', start: at, length: region.start - at })
    const start = Math.max(at, region.start)
    tiled.push({ ...region, start, length: end - start })
    at = end
  }
  if (at < total) tiled.push({ kind: 'gap', start: at, length: total - at })
  return tiled
}

/**
 * An archive's map: regions in order, without gaps, every byte of the file in exactly one. Throws ZipError where the bytes are no archive,
 * or one whose directory cannot be read.
 */
export const anatomy = (bytes: Uint8Array): Region[] => {
  const archive = readDirectoryOfBytes(bytes)
  return tile(
    [
      ...prefixRegions(bytes, archive.prefixLength),
      ...archive.entries.flatMap((entry) => entryRegions(bytes, archive, entry)),
      ...directoryRegions(bytes, archive),
      ...endRegions(bytes, archive),
    ],
    bytes.length,
  )
}
