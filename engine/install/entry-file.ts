import { packedData } from '../archive/entry-data.ts'
import type { ZipArchive } from '../archive/read-zip.ts'
import { methods, type ZipEntry } from '../archive/zip-entry.ts'
import type { TreeFile } from './tree-file.ts'

/** An archive's entry as a file of a tree. Whoever takes its packed data has read it before, or does not find out that they are damaged. */
export const entryFile = (archive: ZipArchive, entry: ZipEntry, executable = false): TreeFile => {
  const file = { read: () => archive.data(entry), executable, size: entry.size }
  return entry.method === methods.deflate ? { ...file, packed: () => packedData(archive, entry) } : file
}
