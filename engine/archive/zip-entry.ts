import { decodeCp437 } from './cp437.ts'
import { unpackDosDate, type DosDate } from './dos-date.ts'
import { readExtra, unicodePath, universalTime, widen, type ExtraBlock } from './extra-fields.ts'
import { centralHeaderFields, centralHeaderLength, readRecord, type RecordOf } from './zip-records.ts'
import { ZipError } from './zip-error.ts'

export const methods = { store: 0, deflate: 8 } as const
export const flagEncrypted = 1
export const flagDescriptor = 8
export const flagUtf8 = 0x800

/** `version made by`, high byte (APPNOTE 4.4.2.2). */
export const systems = { dos: 0, unix: 3, darwin: 19 } as const

export interface ZipEntry {
  /** Decoded: UTF-8 by flag or by the unicode path block, else code page 437 (as CPython's zipfile has it). */
  name: string
  nameBytes: Uint8Array
  /** Undefined where the bytes are not what the flag claims: `name` then holds U+FFFD. */
  nameValid: boolean
  comment: Uint8Array
  /** The central header's fields as they stand, zip64 not applied. */
  raw: RecordOf<typeof centralHeaderFields>
  /** Of the central header. */
  extra: Uint8Array
  blocks: ExtraBlock[]
  flags: number
  method: number
  crc: number
  /** Bytes, zip64 applied. */
  compressedSize: number
  size: number
  /** Of the local header, in the file (a prefix counted in). */
  headerOffset: number
  disk: number
  date: DosDate
  /** Seconds since the epoch, where the UT block has them. */
  mtime: number | undefined
  type: 'file' | 'directory' | 'symlink' | 'other'
  /** Permission bits, 0 to 0o7777; undefined where the archive says nothing of them. */
  permissions: number | undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })

const decodeName = (bytes: Uint8Array, flags: number, blocks: ExtraBlock[]): { name: string; nameValid: boolean } => {
  const claimed = flags & flagUtf8 ? bytes : unicodePath(blocks, bytes)
  if (claimed === undefined) return { name: decodeCp437(bytes), nameValid: true }
  try {
    return { name: utf8.decode(claimed), nameValid: true }
  } catch {
    return { name: lenientUtf8.decode(claimed), nameValid: false }
  }
}

const S_IFMT = 0o170000
const unixTypes: Record<number, ZipEntry['type']> = { 0o040000: 'directory', 0o120000: 'symlink', 0o100000: 'file', 0: 'file' }

/**
 * A DOS entry may carry a Unix mode in the high half: it counts where it agrees with the DOS bits (read-only, directory), as Info-ZIP has
 * it.
 */
export const dosCarriesMode = (external: number): boolean => {
  const expected = 0o400 | (external & 1 ? 0 : 0o200) | (external & 0x10 ? 0o100 : 0)
  return ((external >>> 16) & 0o700) === expected
}

/** The high half of the external attributes is st_mode where a Unix made the entry; others leave it empty or meaningless. */
const unixMode = (versionMadeBy: number, external: number): number | undefined => {
  const system = versionMadeBy >> 8
  const mode = external >>> 16
  const unix = system === systems.unix || system === systems.darwin || (system === systems.dos && dosCarriesMode(external))
  return unix && mode !== 0 ? mode : undefined
}

/** One central header at `at` of the directory's bytes, and where the next begins. `base` is added to its offset. */
export const readCentralHeader = (directory: Uint8Array, at: number, base: number, number: number): { entry: ZipEntry; next: number } => {
  const lengths = at + centralHeaderLength <= directory.length ? readRecord(centralHeaderFields, directory, at) : undefined
  const end = lengths && at + centralHeaderLength + lengths.nameLength + lengths.extraLength + lengths.commentLength
  if (lengths === undefined || end === undefined || end > directory.length) {
    throw new ZipError('truncated', `truncated: entry ${number} of the central directory runs past the directory's end`)
  }
  const nameStart = at + centralHeaderLength
  const extraStart = nameStart + lengths.nameLength
  const commentStart = extraStart + lengths.extraLength
  const nameBytes = directory.subarray(nameStart, extraStart)
  const extra = directory.subarray(extraStart, commentStart)
  const blocks = readExtra(extra)
  const { name, nameValid } = decodeName(nameBytes, lengths.flags, blocks)
  const wide = widen(lengths, blocks, name)
  const mode = unixMode(lengths.versionMadeBy, lengths.externalAttributes)
  const directoryName = name.endsWith('/')
  return {
    entry: {
      name,
      nameBytes,
      nameValid,
      comment: directory.subarray(commentStart, end),
      raw: lengths,
      extra,
      blocks,
      flags: lengths.flags,
      method: lengths.method,
      crc: lengths.crc,
      compressedSize: wide.compressedSize,
      size: wide.size,
      headerOffset: wide.headerOffset + base,
      disk: wide.disk,
      date: unpackDosDate(lengths.date, lengths.time),
      mtime: universalTime(blocks).mtime,
      type: directoryName ? 'directory' : mode === undefined ? 'file' : (unixTypes[mode & S_IFMT] ?? 'other'),
      permissions: mode === undefined ? undefined : mode & 0o7777,
    },
    next: end,
  }
}
