import { formatTime } from '../shell/format-time.ts'
import { recognizeShellScript, shebangOf } from './recognize-script.ts'
import { binary, latin1, type Recognized } from './recognized.ts'

const methods: Readonly<Record<number, string>> = {
  0: 'store',
  8: 'deflate',
  9: 'deflate64',
  12: 'bzip2',
  14: 'lzma',
  93: 'zstd',
  95: 'xz',
}
const systems: Readonly<Record<number, string>> = { 0: 'MS-DOS', 3: 'UNIX', 7: 'Macintosh', 10: 'NTFS', 19: 'OS X' }
/** Bytes of an end record without a comment, and of a directory's entry without its names. */
export const zipEndSize = 22
export const zipDirectoryEntrySize = 46
const mime = 'application/zip'

const version = (byte: number) => `v${Math.floor(byte / 10)}.${byte % 10}`
const method = (number: number) => `method=${methods[number] ?? `[0x${number.toString(16)}]`}`

/**
 * Zip archives as file(1) tells them: one that begins with a local header, an empty one, and one behind other bytes (a shebang), whose end
 * record either counts those bytes in its offsets (as zipapp writes them) or does not (as `cat` makes them). PKWARE APPNOTE 4.3.
 */
export function recognizeZip(bytes: Uint8Array): Recognized | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const signature = (at: number) => (at >= 0 && at + 4 <= bytes.length ? view.getUint32(at, true) : 0)
  if (signature(0) === 0x06054b50) return binary('Zip archive data (empty)', mime)
  if (signature(0) === 0x04034b50 && bytes.length >= 30) {
    if (latin1(bytes.subarray(30, 39)) === 'META-INF/') return binary('Java archive data (JAR)', 'application/java-archive')
    return binary(
      `Zip archive data, at least ${version(view.getUint8(4))} to extract, compression ${method(view.getUint16(8, true))}`,
      mime,
    )
  }
  const directory = zipDirectoryOffset(bytes.subarray(Math.max(0, bytes.length - zipEndSize)))
  return directory === undefined ? undefined : recognizePrefixedZip(bytes, bytes.subarray(directory, directory + zipDirectoryEntrySize))
}

/** Where the directory is, as the end record tells that `end` has to be; undefined where it is none. */
export function zipDirectoryOffset(end: Uint8Array): number | undefined {
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength)
  return end.length === zipEndSize && view.getUint32(0, true) === 0x06054b50 ? view.getUint32(16, true) : undefined
}

/** An archive behind other bytes: `head` is how the file begins, `entry` what stands where its directory should. */
export function recognizePrefixedZip(head: Uint8Array, entry: Uint8Array): Recognized {
  const shebang = shebangOf(latin1(head.subarray(0, 256)))
  // A shell's script is that first, as PEXes made with --sh-boot are.
  const shell = shebang === undefined ? undefined : recognizeShellScript(shebang)
  if (shell) return shell
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength)
  if (entry.length === zipDirectoryEntrySize && view.getUint32(0, true) === 0x02014b50) {
    const made = `made by ${version(view.getUint8(4))}`
    const system = systems[view.getUint8(5)]
    const facts = [
      system ? `${made} ${system}` : made,
      `extract using at least ${version(view.getUint8(6))}`,
      `last modified ${dosTime(view.getUint16(14, true), view.getUint16(12, true))}`,
      `uncompressed size ${view.getUint32(24, true)}`,
      method(view.getUint16(10, true)),
    ]
    return binary(`Zip archive data, ${facts.join(', ')}`, mime)
  }
  return shebang
    ? binary(`a ${shebang} script executable (Zip archive)`)
    : binary('Zip archive, with extra data prepended', mime)
}

const dosTime = (date: number, time: number) =>
  formatTime(
    '%a, %b %d %Y %H:%M:%S',
    Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2),
    'UTC',
  )
