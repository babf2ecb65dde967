import type { RecordRow } from '../packaging/record.ts'
import type { Digests } from './digests.ts'
import { rowOf } from './record.ts'
import { isPythonScript, withPlaceholderShebang } from './script-text.ts'
import { fileOf, type Tree, type TreeFile } from './tree-file.ts'

export interface Placing {
  /** As it was before. */
  readonly row: RecordRow
  /** Whether it lies among the scripts. */
  readonly isScript: boolean
  readonly digests: Digests
}

/** A file goes to a path, where none is there yet: the row that stands for it there. A Python script among the scripts begins with `#!python` then. */
export const placeFile = async (tree: Tree, path: string, file: TreeFile, { row, isScript, digests }: Placing): Promise<RecordRow> => {
  const bytes = isScript ? await file.read() : undefined
  if (bytes && isPythonScript(bytes)) {
    const script = withPlaceholderShebang(bytes)
    tree.set(path, fileOf(script))
    return rowOf(digests, path, script)
  }
  if (!tree.has(path)) tree.set(path, file)
  return { ...row, path }
}
