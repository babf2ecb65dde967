/** The one-line formats of Info-ZIP's ZipInfo 3.0 (`zipinfo -s`, `-m`, `-l`), to the byte. */
import { compressionRatio } from './compression-ratio.ts'
import { deflateLetter, plainCompressedSize, unknownMethod } from './list-zip.ts'
import { entryDate, two } from './listed-date.ts'
import { nativeName, shownName } from './shown-name.ts'
import { dosCarriesMode, flagDescriptor, flagEncrypted, systems, type ZipEntry } from './zip-entry.ts'

export interface ZipinfoLine {
  /** What stands between the flags and the method: nothing (-s), the ratio (-m), the compressed size (-l). */
  form: 'short' | 'medium' | 'long'
  /** `20240926.140001` instead of `24-Sep-26 14:00`: -T. */
  sortable?: boolean
}

/** By the number of the system that made the entry. */
const systemNames = [
  'fat',
  'ami',
  'vms',
  'unx',
  'cms',
  'atr',
  'hpf',
  'mac',
  'zzz',
  'cpm',
  't20',
  'ntf',
  'qds',
  'aco',
  'vft',
  'mvs',
  'be ',
  'nsk',
  'ths',
  'osx',
]
/** Those whose attributes are MS-DOS's: fat, hpfs, ntfs, acorn, vfat, mvs. */
const dosLike = new Set([0, 6, 11, 13, 14, 15])

const methodColumns: Record<number, string> = {
  0: 'stor',
  1: 'shrk',
  2: 're:1',
  3: 're:2',
  4: 're:3',
  5: 're:4',
  7: 'tokn',
  9: 'd64',
  10: 'dcli',
  12: 'bzp2',
  14: 'lzma',
  18: 'ters',
  19: 'lz77',
  97: 'wavp',
  98: 'ppmd',
}

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const typeLetters: Record<number, string> = { 0o04: 'd', 0o10: '-', 0o12: 'l', 0o06: 'b', 0o02: 'c', 0o01: 'p', 0o14: 's' }

/** `-rwxr-xr-x`, as ls shows a mode; a mode without a type starts with `?`. */
export const unixAttributes = (mode: number): string => {
  const letters = (bits: number, special: boolean, yes: string, no: string) =>
    `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${special ? (bits & 1 ? yes : no) : bits & 1 ? 'x' : '-'}`
  return (
    (typeLetters[mode >> 12] ?? '?') +
    letters((mode >> 6) & 7, (mode & 0o4000) !== 0, 's', 'S') +
    letters((mode >> 3) & 7, (mode & 0o2000) !== 0, 's', 'S') +
    letters(mode & 7, (mode & 0o1000) !== 0, 't', 'T')
  )
}

const dosAttributes = (entry: ZipEntry): string => {
  const bits = entry.raw.externalAttributes & 0xff
  const directory = (bits & 0x10) !== 0
  const program = directory || /\.(?:com|exe|btm|cmd|bat)$/i.test(entry.name)
  const flag = (on: boolean, letter: string) => (on ? letter : '-')
  const type = directory ? 'd' : flag((bits & 8) !== 0, 'V')
  const written = flag((bits & 1) === 0, 'w') + flag(program, 'x')
  return `${type}r${written}${flag((bits & 0x20) !== 0, 'a')}${flag((bits & 2) !== 0, 'h')}${flag((bits & 4) !== 0, 's')}   `
}

const attributes = (entry: ZipEntry): string => {
  const { externalAttributes: external, versionMadeBy } = entry.raw
  const system = versionMadeBy >> 8
  const unix = system === systems.dos && dosCarriesMode(external)
  return dosLike.has(system) && !unix ? dosAttributes(entry) : unixAttributes(external >>> 16)
}

const methodColumn = (entry: ZipEntry): string => {
  if (entry.method === 8) return `def${deflateLetter(entry.flags)}`
  if (entry.method === 9) return `d64${deflateLetter(entry.flags)}`
  if (entry.method === 6) return `i${entry.flags & 2 ? '8' : '4'}:${entry.flags & 4 ? '3' : '2'}`
  return methodColumns[entry.method] ?? `u${unknownMethod(entry.method)}`
}

const dateColumn = (entry: ZipEntry, sortable: boolean): string => {
  const { year, month, day, hour, minute, second } = entryDate(entry)
  if (sortable) return `${String(year).padStart(4, '0')}${two(month)}${two(day)}.${two(hour)}${two(minute)}${two(second)}`
  return `${two(year % 100)}-${monthNames[month - 1] ?? `${String(month).padStart(3, '0')}`}-${two(day)} ${two(hour)}:${two(minute)}`
}

/** A negative ratio is rounded towards zero here, unlike in unzip's listing. */
const truncatedPercent = (size: number, compressedSize: number) => Math.trunc((compressionRatio(size, compressedSize) + 5) / 10)

export const zipinfoLine = (entry: ZipEntry, { form, sortable = false }: ZipinfoLine): string => {
  const system = entry.raw.versionMadeBy >> 8
  const version = entry.raw.versionMadeBy & 0xff
  const text = (entry.raw.internalAttributes & 1) !== 0
  const letter = entry.flags & flagEncrypted ? (text ? 'T' : 'B') : text ? 't' : 'b'
  const descriptor = (entry.flags & flagDescriptor) !== 0
  const extra = entry.extra.length > 0 ? (descriptor ? 'X' : 'x') : descriptor ? 'l' : '-'
  const plain = plainCompressedSize(entry)
  const middle =
    form === 'long'
      ? ` ${String(plain).padStart(8)}`
      : form === 'medium'
        ? `${String(truncatedPercent(entry.size, plain)).padStart(3)}%`
        : ''
  return (
    `${attributes(entry)}  ${Math.floor(version / 10)}.${version % 10} ${systemNames[system] ?? (system === 30 ? 'ath' : '???')} ` +
    `${String(entry.size).padStart(8)} ${letter}${extra}${middle} ${methodColumn(entry)} ` +
    `${dateColumn(entry, sortable)} ${shownName(nativeName(entry))}\n`
  )
}

/** `zipinfo -t`. */
export const zipinfoTotals = (entries: readonly ZipEntry[]): string => {
  let size = 0
  let compressedSize = 0
  for (const entry of entries) {
    size += entry.size
    compressedSize += plainCompressedSize(entry)
  }
  const ratio = compressionRatio(size, compressedSize)
  const whole = Math.abs(ratio)
  const files = `${entries.length} file${entries.length === 1 ? '' : 's'}`
  return (
    `${files}, ${size} bytes uncompressed, ${compressedSize} bytes compressed:  ` +
    `${ratio < 0 ? '-' : ''}${Math.floor(whole / 10)}.${whole % 10}%\n`
  )
}

/** `zipinfo -h`, after its line `Archive:  name`. */
export const zipinfoHeader = (fileSize: number, entries: number): string =>
  `Zip file size: ${fileSize} bytes, number of entries: ${entries}\n`
