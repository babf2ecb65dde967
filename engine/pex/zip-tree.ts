import type { ZipArchive } from '../archive/read-zip.ts'
import type { ZipEntry } from '../archive/zip-entry.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'

/** The files of an archive, read when they are asked for. */
export const zipTree = (archive: ZipArchive): Tree => {
  const files = archive.entries.filter(({ type }) => type !== 'directory')
  const fileOfEntry = (entry: ZipEntry): TreeFile => ({
    read: () => archive.data(entry),
    executable: ((entry.permissions ?? 0) & 0o100) !== 0,
    size: entry.size,
  })
  return new Map(files.map((entry) => [entry.name, fileOfEntry(entry)]))
}
