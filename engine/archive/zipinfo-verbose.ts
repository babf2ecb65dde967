/** `zipinfo -v`, the multi-page format of ZipInfo 3.0. */
import { utcDate, type DosDate } from './dos-date.ts'
import type { ExtraBlock } from './extra-fields.ts'
import { two } from './listed-date.ts'
import type { ZipArchive } from './read-zip.ts'
import { nativeName, shownName } from './shown-name.ts'
import { flagDescriptor, flagEncrypted, type ZipEntry } from './zip-entry.ts'
import { monthNames, unixAttributes } from './zipinfo-line.ts'

const systemNames = [
  'MS-DOS, OS/2 or NT FAT',
  'Amiga',
  'VMS',
  'Unix',
  'VM/CMS',
  'Atari ST',
  'OS/2 or NT HPFS',
  'Macintosh HFS',
  'Z-System',
  'CP/M',
  'TOPS-20',
  'NTFS',
  'SMS/QDOS',
  'Acorn RISC OS',
  'Win32 VFAT',
  'MVS',
  'BeOS',
  'Tandem NSK',
  'Theos',
  'Mac OS/X (Darwin)',
]
const systemName = (system: number) => systemNames[system] ?? (system === 30 ? 'AtheOS' : `unknown (${system})`)

const methodNames: Record<number, string> = {
  0: 'none (stored)',
  1: 'shrunk',
  2: 'reduced (factor 1)',
  3: 'reduced (factor 2)',
  4: 'reduced (factor 3)',
  5: 'reduced (factor 4)',
  6: 'imploded',
  7: 'tokenized',
  8: 'deflated',
  9: 'deflated (enhanced-64k)',
  10: 'imploded (PK DCL)',
  12: 'bzipped',
  14: 'LZMA-ed',
  18: 'tersed (IBM)',
  19: 'LZ77-compressed (IBM)',
  97: 'WavPacked',
  98: 'PPMd-ed',
}

const extraNames: Record<number, string> = {
  0x0001: 'PKWARE 64-bit sizes',
  0x0007: 'PKWARE AV',
  0x0009: 'OS/2',
  0x000a: 'PKWARE Win32',
  0x000c: 'PKWARE VMS',
  0x000d: 'PKWARE Unix',
  0x5455: 'universal time',
  0x5855: 'old Info-ZIP Unix/OS2/NT',
  0x7075: 'UTF8 path name',
  0x6375: 'UTF8 entry comment',
  0x7855: 'Unix UID/GID (16-bit)',
  0x7875: 'Unix UID/GID (any size)',
  0x4453: 'Security Descriptor',
}

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
const version = (value: number) => `${Math.floor((value & 0xff) / 10)}.${(value & 0xff) % 10}`
const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
const row = (label: string, value: string) => `  ${`${label}:`.padEnd(48)}${value}\n`

const longDate = ({ year, month, day, hour, minute, second }: DosDate) =>
  `${year} ${monthNames[month - 1] ?? String(month)} ${day} ${two(hour)}:${two(minute)}:${two(second)}`

/** The end record and the comment. */
export const zipinfoVerboseHeader = (archive: ZipArchive): string => {
  const { end, comment, directorySize, offsetShift } = archive
  const offset = (label: string, value: number) => `${label}${String(value).padStart(50 - label.length)} (${hex(value, 16)}h)\n`
  const text = new TextDecoder().decode(comment)
  const commentPart =
    comment.length === 0
      ? 'There is no zipfile comment.\n'
      : `The zipfile comment is ${comment.length} bytes long and contains the following text:\n` +
        '======================== zipfile comment begins ==========================\n' +
        `${text}${text.endsWith('\n') ? '' : '\n'}` +
        '========================= zipfile comment ends ===========================\n'
  return (
    commentPart +
    '\nEnd-of-central-directory record:\n-------------------------------\n\n' +
    offset('  Zip archive file size:', archive.source.size) +
    offset('  Actual end-cent-dir record offset:', end.offset) +
    offset('  Expected end-cent-dir record offset:', end.offset - offsetShift) +
    '  (based on the length of the central directory and its expected offset)\n\n' +
    '  This zipfile constitutes the sole disk of a single-part archive; its\n' +
    `  central directory contains ${plural(archive.entries.length, 'entry', 'entries')}.\n` +
    `  The central directory is ${directorySize} (${hex(directorySize, 16)}h) bytes long,\n` +
    '  and its (expected) offset in bytes from the beginning of the zipfile\n' +
    `  is ${end.directoryOffset} (${hex(end.directoryOffset, 16)}h).\n\n\n`
  )
}

const dosAttributes = (bits: number): string => {
  if (bits === 0) return 'none'
  if (bits === 1) return 'read-only'
  return ['rdo ', 'hid ', 'sys ', 'lab ', 'dir ', 'arc ', 'lnk ', 'exe '].filter((_, bit) => bits & (1 << bit)).join('')
}

const attributeRows = (entry: ZipEntry): string => {
  const external = entry.raw.externalAttributes
  const dosLike = [0, 6, 11, 14].includes(entry.raw.versionMadeBy >> 8)
  const high = external >>> 16
  const first = dosLike
    ? row('non-MSDOS external file attributes', `${hex(external >>> 8, 6)} hex`)
    : row(`Unix file attributes (${high.toString(8).padStart(6, '0')} octal)`, unixAttributes(high))
  return first + row(`MS-DOS file attributes (${hex(external & 0xff, 2)} hex)`, dosAttributes(external & 0xff))
}

const bytesText = (bytes: Uint8Array) => [...bytes].map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('')

const extraText = (block: ExtraBlock): string => {
  const { id, bytes } = block
  const number = id.toString(16).padStart(4, '0')
  const head = `\n  - A subfield with ID 0x${number} (${extraNames[id] ?? 'unknown'}) and ${bytes.length} data bytes`
  if (id === 0x5455 && bytes.length > 0) {
    const kinds = ['modification', 'access', 'creation'].filter((_, bit) => bytes[0]! & (1 << bit))
    return `${head}.\n    The local extra field has UTC/GMT ${kinds.join('/')} time${kinds.length === 1 ? '' : 's'}.`
  }
  if (id === 0x7075 && bytes.length > 5) {
    const crc = [...bytes.subarray(1, 5)]
      .reverse()
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    const text = bytes.subarray(5)
    const shown = text.length > 24 ? '. The first\n    24 UTF8 bytes in the extra field' : '.\n    The UTF8 data of the extra field'
    return `${head}${shown} (V${bytes[0]}, ASCII name CRC \`${crc}') are:\n   ${bytesText(text.subarray(0, 24))}.`
  }
  if (bytes.length === 0) return `${head}.`
  return bytes.length <= 20 ? `${head}:\n   ${bytesText(bytes)}.` : `${head}.  The first\n    20 are:  ${bytesText(bytes.subarray(0, 20))}.`
}

const methodRows = (entry: ZipEntry): string => {
  let rows = row('compression method', methodNames[entry.method] ?? `unknown (${entry.method})`)
  if (entry.method === 6) {
    rows += row('size of sliding dictionary (implosion)', `${entry.flags & 2 ? '8' : '4'}K`)
    rows += row('number of Shannon-Fano trees (implosion)', entry.flags & 4 ? '3' : '2')
  }
  if (entry.method === 8 || entry.method === 9) {
    rows += row('compression sub-type (deflation)', ['normal', 'maximum', 'fast', 'superfast'][(entry.flags >> 1) & 3]!)
  }
  return rows
}

/** One page; `number` counts from 1 in the archive. */
export const zipinfoVerboseEntry = (archive: ZipArchive, entry: ZipEntry, number: number): string => {
  const { raw } = entry
  const offset = entry.headerOffset - archive.offsetShift
  const title = `Central directory entry #${number}:\n---------------------------\n`
  const times =
    entry.mtime === undefined
      ? ''
      : ['local', 'UTC']
          .map((zone) => row('file last modified on (UT extra field modtime)', `${longDate(utcDate(entry.mtime! * 1000))} ${zone}`))
          .join('')
  const extra = entry.blocks.length ? `\n  The central-directory extra field contains:${entry.blocks.map(extraText).join('')}\n` : ''
  const comment = entry.comment.length
    ? '\n------------------------- file comment begins ----------------------------\n' +
      `${new TextDecoder().decode(entry.comment)}\n` +
      '-------------------------- file comment ends -----------------------------\n'
    : '\n  There is no file comment.\n'
  return (
    `${title}\n  ${shownName(nativeName(entry))}\n\n` +
    row('offset of local header from start of archive', String(offset)) +
    `${' '.repeat(50)}(${hex(offset, 16)}h) bytes\n` +
    row('file system or operating system of origin', systemName(raw.versionMadeBy >> 8)) +
    row('version of encoding software', version(raw.versionMadeBy)) +
    row('minimum file system compatibility required', systemName(raw.versionNeeded >> 8)) +
    row('minimum software version required to extract', version(raw.versionNeeded)) +
    methodRows(entry) +
    row('file security status', `${entry.flags & flagEncrypted ? '' : 'not '}encrypted`) +
    row('extended local header', entry.flags & flagDescriptor ? 'yes' : 'no') +
    row('file last modified on (DOS date/time)', longDate(entry.date)) +
    times +
    row('32-bit CRC value (hex)', entry.crc.toString(16).padStart(8, '0')) +
    row('compressed size', `${entry.compressedSize} bytes`) +
    row('uncompressed size', `${entry.size} bytes`) +
    row('length of filename', `${raw.nameLength} characters`) +
    row('length of extra field', `${raw.extraLength} bytes`) +
    row('length of file comment', `${raw.commentLength} characters`) +
    row('disk number on which file begins', `disk ${entry.disk + 1}`) +
    row('apparent file type', raw.internalAttributes & 1 ? 'text' : 'binary') +
    attributeRows(entry) +
    extra +
    comment +
    '\n'
  )
}
