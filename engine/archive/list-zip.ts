/** The listings of Info-ZIP's UnZip 6.0, `unzip -l` and `unzip -v`, to the byte. Lines end in a newline. */
import { compressionPercent } from './compression-ratio.ts'
import { entryDate, listedDate, type DateOrder } from './listed-date.ts'
import { nativeName, shownName } from './shown-name.ts'
import { flagEncrypted, type ZipEntry } from './zip-entry.ts'

export interface Listing {
  dates?: DateOrder
  /** Without headings and totals: -qq. */
  bare?: boolean
  /** Each entry's own comment under its line. Default true. */
  comments?: boolean
}

/** Info-ZIP's column "Method"; `#` is the deflate level's letter. */
const columns: Record<number, string> = {
  0: 'Stored',
  1: 'Shrunk',
  2: 'Reduce1',
  3: 'Reduce2',
  4: 'Reduce3',
  5: 'Reduce4',
  6: 'Implode',
  7: 'Token',
  8: 'Defl:#',
  9: 'Def64#',
  10: 'ImplDCL',
  12: 'BZip2',
  14: 'LZMA',
  18: 'Terse',
  19: 'IBMLZ77',
  97: 'WavPack',
  98: 'PPMd',
}

/** Normal, maXimum, Fast, Super fast: bits 1 and 2 (APPNOTE 4.4.4). */
export const deflateLetter = (flags: number): string => 'NXFS'[(flags >> 1) & 3]!

/** `093`, or `03E8` where three digits are too few: what Info-ZIP puts for a method that it does not know. */
export const unknownMethod = (method: number): string =>
  method > 999 ? method.toString(16).toUpperCase().padStart(4, '0') : String(method).padStart(3, '0')

const methodColumn = (entry: ZipEntry) =>
  (columns[entry.method] ?? `Unk:${unknownMethod(entry.method)}`).replace('#', deflateLetter(entry.flags))

/** Without the 12 bytes that encryption puts before the data. */
export const plainCompressedSize = (entry: ZipEntry): number =>
  entry.flags & flagEncrypted ? Math.max(0, entry.compressedSize - 12) : entry.compressedSize

const percent = (size: number, compressedSize: number) => {
  const value = compressionPercent(size, compressedSize)
  // At a hundred Info-ZIP drops the sign.
  return Math.abs(value) === 100 ? '100%' : `${value}%`.padStart(4)
}

const plural = (count: number) => `${count} file${count === 1 ? '' : 's'}`
const width = (value: number, columns: number) => String(value).padStart(columns)

const commentLines = (entry: ZipEntry, comments: boolean) =>
  comments && entry.comment.length ? `${new TextDecoder().decode(entry.comment)}\n` : ''

/** `unzip -l`. */
export function* listShort(entries: Iterable<ZipEntry>, { dates = 'ymd', bare = false, comments = true }: Listing = {}): Generator<string> {
  if (!bare) yield '  Length      Date    Time    Name\n---------  ---------- -----   ----\n'
  let size = 0
  let count = 0
  for (const entry of entries) {
    size += entry.size
    count++
    yield `${width(entry.size, 9)}  ${listedDate(entryDate(entry), dates)}   ${shownName(nativeName(entry))}\n`
    yield commentLines(entry, comments)
  }
  if (!bare) yield `---------                     -------\n${width(size, 9)}                     ${plural(count)}\n`
}

/** `unzip -v`. */
export function* listVerbose(
  entries: Iterable<ZipEntry>,
  { dates = 'ymd', bare = false, comments = true }: Listing = {},
): Generator<string> {
  if (!bare) {
    yield ' Length   Method    Size  Cmpr    Date    Time   CRC-32   Name\n'
    yield '--------  ------  ------- ---- ---------- ----- --------  ----\n'
  }
  let size = 0
  let compressedSize = 0
  let count = 0
  for (const entry of entries) {
    const plain = plainCompressedSize(entry)
    size += entry.size
    compressedSize += plain
    count++
    yield (
      `${width(entry.size, 8)}  ${methodColumn(entry).padEnd(7)}${width(plain, 8)} ${percent(entry.size, plain)} ` +
      `${listedDate(entryDate(entry), dates)} ${entry.crc.toString(16).padStart(8, '0')}  ${shownName(nativeName(entry))}\n`
    )
    yield commentLines(entry, comments)
  }
  if (bare) return
  yield '--------          -------  ---                            -------\n'
  yield `${width(size, 8)}         ${width(compressedSize, 8)} ${percent(size, compressedSize)}                            ${plural(count)}\n`
}
