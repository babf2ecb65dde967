import type { EntryRun } from '../archive/entry-run.ts'
import type { NewEntry } from '../archive/write-zip.ts'
import { isBytecode } from '../install/tree-hash.ts'
import type { TreeFile } from '../install/tree-file.ts'

const S_IFREG = 0o100000

export interface EntryPacking {
  compress: boolean
  /** The paths that are stored all the same. */
  stored?: ReadonlySet<string>
}

/**
 * Files in their order -> the entries of a zip as pex writes them: before each file the directories above it that did not come yet, dates
 * 1980-01-01, modes 0644 and 0755, no bytecode. Data that are deflated already are taken as they are; a run stands for a directory and all that is in it.
 */
export async function* treeEntries(
  files: Iterable<readonly [string, TreeFile | EntryRun]>, { compress, stored }: EntryPacking,
): AsyncGenerator<NewEntry | EntryRun> {
  const seen = new Set<string>()
  for (const [path, file] of files) {
    if (isBytecode(path)) continue
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const directory = path.slice(0, slash + 1)
      if (seen.has(directory)) continue
      seen.add(directory)
      yield { name: directory }
    }
    if ('central' in file) {
      yield file
      continue
    }
    const deflate = compress && !stored?.has(path)
    yield {
      name: path,
      mode: S_IFREG | (file.executable ? 0o755 : 0o644),
      method: deflate ? 'deflate' : 'store',
      data: deflate && file.packed ? await file.packed() : await file.read(),
    }
  }
}
