import type { DosDate } from '../archive/dos-date.ts'
import type { EntryRun } from '../archive/entry-run.ts'
import type { NewEntry } from '../archive/write-zip.ts'
import { isBytecode, isUnfinishedBytecode } from '../install/tree-hash.ts'
import type { TreeFile } from '../install/tree-file.ts'

const S_IFREG = 0o100000

export interface EntryPacking {
  compress: boolean
  /** The paths that are stored all the same. */
  stored?: ReadonlySet<string>
  /** Bytecode is left in. */
  bytecode?: boolean
  /** Entries have the modes and times of files that lie on a disk, and this one's answer for when that was; else all are of 1980-01-01. */
  dates?: EntryDates
}

/** The local date of a time in milliseconds since the epoch, or of now. Throws PexError for what no zip can hold. */
export type EntryDates = (modified?: number) => DosDate

/**
 * Files in their order -> the entries of a zip as pex writes them: before each file the directories above it that did not come yet, dates
 * 1980-01-01, modes 0644 and 0755, where `dates` says nothing else, and no bytecode unless it is asked for. Data that are
 * deflated already are taken as they are; a run stands for a directory and all that is in it.
 */
export async function* treeEntries(
  files: Iterable<readonly [string, TreeFile | EntryRun]>, { compress, stored, bytecode, dates }: EntryPacking,
): AsyncGenerator<NewEntry | EntryRun> {
  const seen = new Set<string>()
  const isLeftOut = bytecode ? isUnfinishedBytecode : isBytecode
  for (const [path, file] of files) {
    if (isLeftOut(path)) continue
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const directory = path.slice(0, slash + 1)
      if (seen.has(directory)) continue
      seen.add(directory)
      yield { name: directory, ...(dates && { date: dates() }) }
    }
    if ('central' in file) {
      yield file
      continue
    }
    const deflate = compress && !stored?.has(path)
    yield {
      name: path,
      mode: (dates && file.onDisk?.mode) ?? S_IFREG | (file.executable ? 0o755 : 0o644),
      ...(dates && { date: dates(file.onDisk?.modified) }),
      method: deflate ? 'deflate' : 'store',
      data: deflate && file.packed ? await file.packed() : await file.read(),
    }
  }
}
