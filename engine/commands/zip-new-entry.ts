import { roundedDosDate } from '../archive/dos-date.ts'
import { infoZipExtra } from '../archive/extra-fields.ts'
import { packData, type Packed } from '../archive/pack-data.ts'
import type { NewEntry } from '../archive/write-zip.ts'
import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import type { Found } from './zip-collect.ts'
import type { ZipOptions } from './zip-options.ts'

/** zlib's test of the first bytes: text has no byte that text never has, and at least one that it has. */
const looksLikeText = (bytes: Uint8Array): boolean => {
  const start = bytes.subarray(0, 32768)
  const never = (byte: number) => byte <= 6 || (byte >= 14 && byte <= 25) || (byte >= 28 && byte <= 31)
  return !start.some(never) && start.some((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32)
}

async function readContent(process: Process, found: Found): Promise<Uint8Array> {
  if (found.path === '-') return process.stdin.all()
  const { mode } = found.stat!
  if (isDirectory(mode)) return new Uint8Array(0)
  if (isSymlink(mode)) return new TextEncoder().encode(await process.system.readlink(found.path))
  const fd = await process.system.open(found.path, O_RDONLY)
  try {
    return await process.reader(fd).all()
  } finally {
    await process.system.close(fd)
  }
}

/** Bits 1 and 2 of the flags, as zip sets them: 8 and 9 are "maximum", 1 and 2 "fast". */
const levelFlags = (level: number) => (level >= 8 ? 2 : level <= 2 ? 4 : 0)

/** The file as zip 3.0 on Unix stores it: UT and ux extra fields (unless -X), st_mode, version 3.0. Throws SystemError. */
export async function makeEntry(process: Process, found: Found, options: ZipOptions): Promise<NewEntry & { data: Packed }> {
  const bytes = await readContent(process, found)
  const stat = found.stat
  const mode = stat?.mode ?? 0o010600
  const directory = found.name.endsWith('/')
  const plain = !directory && !isSymlink(mode)
  const stored = options.level === 0 || !plain || options.storedSuffixes.some((suffix) => found.name.endsWith(suffix))
  const packed = await packData(bytes, stored ? { method: 'store' } : { method: 'smaller', level: options.level || 6 })
  const mtime = stat?.mtime ?? process.now()
  const ids = stat ?? (await process.system.getuid())
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
  return {
    name: found.name,
    date: roundedDosDate(mtime),
    data: packed.method === 0 ? packed : { ...packed, flags: levelFlags(options.level) },
    extra: options.noExtra
      ? undefined
      : infoZipExtra({ mtime: seconds(mtime), atime: seconds(stat?.atime ?? mtime), uid: ids.uid, gid: ids.gid }),
    text: plain && looksLikeText(bytes),
    externalAttributes: ((mode << 16) | (directory ? 0x10 : 0) | (mode & 0o200 ? 0 : 1)) >>> 0,
    versionNeeded: packed.method === 0 ? 10 : 20,
  }
}

/** zip's percentage, rounded as it rounds; 0 where nothing was gained. */
export const savedPercent = (size: number, compressedSize: number): number =>
  size > compressedSize ? Math.floor(Math.trunc(1 + (200 * (size - compressedSize)) / size) / 2) : 0

/** ` (deflated 53%)`, with sizes where -v asks for them. */
export const packedText = (packed: Packed, verbose: boolean): string => {
  const sizes = verbose ? `\t(in=${packed.size}) (out=${packed.compressedSize})` : ''
  return `${sizes}${packed.method === 0 ? ' (stored 0%)' : ` (deflated ${savedPercent(packed.size, packed.compressedSize)}%)`}`
}
