import { readFrom, type ByteSource } from './byte-source.ts'
import { readEntry, streamEntry } from './entry-data.ts'
import { defaultLimits, readingDirectory, type ZipDirectory, type ZipLimits } from './read-directory.ts'
import { refuseHostile } from './refuse-hostile.ts'
import type { ZipEntry } from './zip-entry.ts'

export interface ZipArchive extends ZipDirectory {
  /** The whole entry, inflated; checked against its local header, sizes and CRC. */
  data(entry: ZipEntry): Promise<Uint8Array>
  /** The same in pieces: rejects where the headers are wrong, the check of size and CRC comes with the last piece. */
  stream(entry: ZipEntry): Promise<AsyncIterable<Uint8Array>>
}

/** The archive's structure as `readingDirectory` has it, and its entries' data when they are asked for. */
export const readDirectory = async (source: ByteSource, limits: Partial<ZipLimits> = {}): Promise<ZipArchive> => {
  const directory = await readFrom(source, readingDirectory(source, limits))
  return { ...directory, data: (entry) => readEntry(directory, entry), stream: (entry) => streamEntry(directory, entry) }
}

/** An archive that is safe to unpack by its names: `readDirectory`, then every check of `refuseHostile`. */
export const readZip = async (source: ByteSource, limits: Partial<ZipLimits> = {}): Promise<ZipArchive> => {
  const archive = await readDirectory(source, limits)
  refuseHostile(archive, { ...defaultLimits, ...limits })
  return archive
}
