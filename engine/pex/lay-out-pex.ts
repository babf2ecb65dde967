import { writeZip } from '../archive/write-zip.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { isBytecode } from '../install/tree-hash.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'
import { bootstrapDirectory, dependenciesDirectory, distributionFiles, orderedFiles, orderedParts, type PexTree } from './pex-tree.ts'
import { treeEntries, type EntryPacking } from './tree-entries.ts'

/** A file of a PEX that is a directory. */
export interface LaidFile {
  path: string
  /** Permission bits. */
  mode: number
  data: AsyncIterable<Uint8Array>
}

/** Beside the files: the name by which a PEX that is a directory is started, a symlink to its `__main__.py`. */
export const directoryLink = { path: 'pex', target: '__main__.py' }

async function* whole(file: TreeFile): AsyncGenerator<Uint8Array> {
  yield await file.read()
}

const laid = (path: string, file: TreeFile): LaidFile => ({ path, mode: file.executable ? 0o755 : 0o644, data: whole(file) })

/** The one file of a zipapp. Wheels in it are stored, as they are compressed themselves, and what `--compile` made, as pex does. */
export const zipapp = (pex: PexTree, { compress, dates }: Pick<EntryPacking, 'compress' | 'dates'>): AsyncGenerator<Uint8Array> => {
  const { bytecode } = pex
  const wheels = [...pex.distributions].filter(([, part]) => !(part instanceof Map)).map(([name]) => `${dependenciesDirectory}/${name}`)
  const stored = new Set([...wheels, ...bytecode ?? []])
  const prefix = new TextEncoder().encode(`${pex.shebang}\n${pex.header ?? ''}`)
  const packing = { compress, stored, bytecode: bytecode !== undefined, ...(dates && { dates }) }
  return writeZip(treeEntries(orderedParts(pex), packing), { prefix })
}

/** `--layout loose`: every file on its own. */
export function* loosePex(pex: PexTree): Generator<LaidFile> {
  for (const [path, file] of orderedFiles(pex)) if (pex.bytecode || !isBytecode(path)) yield laid(path, file)
}

/**
 * `--layout packed`: user code on its own, its bytecode too, which other layouts leave out; the bootstrap and each distribution a zip. What
 * `--compile` made is left out, as pex does.
 */
export function* packedPex({ files, distributions, bytecode }: PexTree, packing: Pick<EntryPacking, 'compress' | 'dates'>): Generator<LaidFile> {
  const zipped = (path: string, inside: Iterable<readonly [string, TreeFile]>): LaidFile => ({
    path,
    mode: 0o644,
    data: writeZip(treeEntries(inside, packing)),
  })
  const bootstrap: Tree = new Map()
  for (const path of [...files.keys()].sort(compareCodePoints)) {
    if (bytecode?.has(path)) continue
    const file = files.get(path)!
    if (path.startsWith(`${bootstrapDirectory}/`)) bootstrap.set(path.slice(bootstrapDirectory.length + 1), file)
    else yield laid(path, file)
  }
  yield zipped(bootstrapDirectory, bootstrap)
  for (const [name, part] of distributions) {
    const path = `${dependenciesDirectory}/${name}`
    yield part instanceof Map ? zipped(path, distributionFiles(part)) : laid(path, part)
  }
}
