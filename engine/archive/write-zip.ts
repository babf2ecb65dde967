import { dosEpoch, packDosDate, type DosDate } from './dos-date.ts'
import { movedCentral, type EntryRun } from './entry-run.ts'
import { zip64Block, writeExtra } from './extra-fields.ts'
import { packData, type Packed, type Packing } from './pack-data.ts'
import { unsafeName } from './refuse-hostile.ts'
import { flagUtf8, systems } from './zip-entry.ts'
import {
  centralHeaderFields,
  endRecordFields,
  localHeaderFields,
  signatures,
  writeRecord,
  zip64EndRecordFields,
  zip64EndRecordLength,
  zip64LocatorFields,
} from './zip-records.ts'
import { ZipError } from './zip-error.ts'

/** `method` and `level` are for data that are not packed yet; directories are stored. */
export interface NewEntry extends Packing {
  /** `/`-separated, relative; a directory's ends in a slash. */
  name: string
  /** st_mode, type and permissions. Default 0o100644, for a directory 0o040755. */
  mode?: number
  /** Default 1980-01-01 00:00:00. */
  date?: DosDate
  /** Default: none (a directory, an empty file). */
  data?: Uint8Array | AsyncIterable<Uint8Array> | Packed
  extra?: { local: Uint8Array; central: Uint8Array }
  comment?: string
  /** Bit 0 of the internal attributes: Info-ZIP's guess that it is text. */
  text?: boolean
  /** Instead of those that `mode` gives: for an entry that is copied. */
  externalAttributes?: number
  /** "Version made by" and "needed". Default: the writer's. */
  versionMadeBy?: number
  versionNeeded?: number
}

export interface ZipWriting {
  /** Bytes before the first entry (a shebang line); every offset counts from the file's start, as CPython's zipfile appends. */
  prefix?: Uint8Array
  /** A function is asked when the last entry has been written. */
  comment?: Uint8Array | (() => Promise<Uint8Array>)
  /** Take names that no reader should unpack (`../x`): what Info-ZIP's zip does. Such an archive is refused by `readZip`. */
  anyName?: boolean
  /** APPNOTE 4.4.2, without the system, which is Unix. Default 20. */
  versionMadeBy?: number
}

const full16 = 0xffff
const full32 = 0xffffffff
const zip64Version = 45
const encoder = new TextEncoder()
const none = new Uint8Array(0)

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 128)

const asPacked = async (entry: NewEntry): Promise<Packed> => {
  const data = entry.data ?? none
  if (!(data instanceof Uint8Array) && 'chunks' in data) return data
  return packData(data, entry.name.endsWith('/') ? { method: 'store' } : entry)
}

const externalAttributes = (entry: NewEntry): number => {
  if (entry.externalAttributes !== undefined) return entry.externalAttributes
  const directory = entry.name.endsWith('/')
  const mode = entry.mode ?? (directory ? 0o040755 : 0o100644)
  return ((mode << 16) | (directory ? 0x10 : 0)) >>> 0
}

/** The two headers of an entry that begins at `offset`. Sizes are known, so bit 3 is never set. */
const headers = (entry: NewEntry, packed: Packed, offset: number, writing: ZipWriting): { local: Uint8Array; central: Uint8Array } => {
  const nameBytes = encoder.encode(entry.name)
  const comment = encoder.encode(entry.comment ?? '')
  if (nameBytes.length > full16 || comment.length > full16) {
    throw new ZipError('bad-input', 'the name or the comment is longer than 65535 bytes', entry.name)
  }
  const wideSize = packed.size >= full32 || packed.compressedSize >= full32
  const wideOffset = offset >= full32
  const extra = entry.extra ?? { local: none, central: none }
  const join = (block: number[], rest: Uint8Array) => {
    if (block.length === 0) return rest
    const wide = writeExtra([zip64Block(block)])
    const bytes = new Uint8Array(wide.length + rest.length)
    bytes.set(wide)
    bytes.set(rest, wide.length)
    return bytes
  }
  const sizes = wideSize ? [packed.size, packed.compressedSize] : []
  const localExtra = join(sizes, extra.local)
  const centralExtra = join(wideOffset ? [...sizes, offset] : sizes, extra.central)
  const needed = entry.versionNeeded ?? 20
  const common = {
    versionNeeded: wideSize || wideOffset ? Math.max(zip64Version, needed) : needed,
    flags: (packed.flags ?? 0) | (isAscii(nameBytes) && isAscii(comment) ? 0 : flagUtf8),
    method: packed.method,
    ...packDosDate(entry.date ?? dosEpoch),
    crc: packed.crc,
    compressedSize: wideSize ? full32 : packed.compressedSize,
    size: wideSize ? full32 : packed.size,
    nameLength: nameBytes.length,
  }
  const local = writeRecord(
    localHeaderFields,
    { signature: signatures.localHeader, ...common, extraLength: localExtra.length },
    nameBytes,
    localExtra,
  )
  const madeBy = entry.versionMadeBy ?? (systems.unix << 8) | (writing.versionMadeBy ?? 20)
  const central = writeRecord(
    centralHeaderFields,
    {
      signature: signatures.centralHeader,
      ...common,
      versionMadeBy: wideSize || wideOffset ? (madeBy & 0xff00) | Math.max(zip64Version, madeBy & 0xff) : madeBy,
      extraLength: centralExtra.length,
      commentLength: comment.length,
      disk: 0,
      internalAttributes: entry.text ? 1 : 0,
      externalAttributes: externalAttributes(entry),
      headerOffset: wideOffset ? full32 : offset,
    },
    nameBytes,
    centralExtra,
    comment,
  )
  return { local, central }
}

const endRecords = (entries: number, directoryOffset: number, directorySize: number, comment: Uint8Array): Uint8Array[] => {
  if (comment.length > full16) throw new ZipError('bad-input', 'the archive comment is longer than 65535 bytes')
  const count = Math.min(entries, full16)
  const end = writeRecord(
    endRecordFields,
    {
      signature: signatures.endRecord,
      disk: 0,
      directoryDisk: 0,
      diskEntries: count,
      entries: count,
      directorySize: Math.min(directorySize, full32),
      directoryOffset: Math.min(directoryOffset, full32),
      commentLength: comment.length,
    },
    comment,
  )
  if (entries < full16 && directoryOffset < full32 && directorySize < full32) return [end]
  const record = writeRecord(zip64EndRecordFields, {
    signature: signatures.zip64EndRecord,
    recordSize: zip64EndRecordLength - 12,
    versionMadeBy: (systems.unix << 8) | zip64Version,
    versionNeeded: zip64Version,
    disk: 0,
    directoryDisk: 0,
    diskEntries: entries,
    entries,
    directorySize,
    directoryOffset,
  })
  const locator = writeRecord(zip64LocatorFields, {
    signature: signatures.zip64Locator,
    recordDisk: 0,
    recordOffset: directoryOffset + directorySize,
    disks: 1,
  })
  return [record, locator, end]
}

/**
 * Entries in, the archive's bytes out, as they come: what is held is one entry's data and the central directory so far. The same entries
 * give the same bytes: order, dates and modes are the caller's. The defaults are those of a PEX (CPython's zipfile: version 2.0, Unix,
 * 1980-01-01, no extra fields, flags 0 or 0x800 for a name that is not ASCII). Zip64 records appear only where a number needs them. The
 * names in runs are the caller's to vouch for.
 */
export async function* writeZip(
  entries: Iterable<NewEntry | EntryRun> | AsyncIterable<NewEntry | EntryRun>,
  writing: ZipWriting = {},
): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = []
  const names = new Set<string>()
  let offset = 0
  let count = 0
  if (writing.prefix?.length) {
    offset = writing.prefix.length
    yield writing.prefix
  }
  for await (const entry of entries) {
    if ('central' in entry) {
      if (offset + entry.size >= full32) throw new ZipError('bad-input', 'entries that were written before cannot go beyond 4 GiB')
      yield* entry.chunks()
      written.push(movedCentral(entry, offset))
      offset += entry.size
      count += entry.count
      continue
    }
    const reason = writing.anyName ? undefined : unsafeName(entry.name)
    if (reason) throw new ZipError('bad-name', reason, entry.name)
    if (names.has(entry.name)) throw new ZipError('duplicate-name', 'the name comes twice', entry.name)
    names.add(entry.name)
    const packed = await asPacked(entry)
    const { local, central } = headers(entry, packed, offset, writing)
    yield local
    offset += local.length
    for await (const chunk of packed.chunks) {
      if (chunk.length === 0) continue
      offset += chunk.length
      yield chunk
    }
    written.push(central)
    count++
  }
  const directoryOffset = offset
  let directorySize = 0
  for (const central of written) {
    directorySize += central.length
    yield central
  }
  const comment = typeof writing.comment === 'function' ? await writing.comment() : writing.comment
  yield* endRecords(count, directoryOffset, directorySize, comment ?? none)
}
