import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { hex } from '../bytes/hex.ts'
import type { Hasher } from './digests.ts'
import type { Tree } from './tree-file.ts'

/** What Python makes of a source on its own: not part of what is shipped, so neither hashed nor packed. */
export const isBytecode = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /\.py[co]$/.test(name) || isUnfinishedBytecode(name)
}

/** Bytecode that a Python was still writing. */
export const isUnfinishedBytecode = (path: string): boolean => /\.pyc\.\d+$/.test(path)

const isHashed = (path: string) => !isBytecode(path) && !path.split('/').slice(0, -1).includes('__pycache__')

/** pex's hash of a directory (pex/hashing.py, dir_hash): all names first, joined by nothing, then all contents, in the names' order. */
export const hashTree = async (tree: Tree, hasher: Hasher): Promise<string> => {
  const paths = [...tree.keys()].filter(isHashed).sort(compareCodePoints)
  hasher.update(new TextEncoder().encode(paths.join('')))
  for (const path of paths) hasher.update(await tree.get(path)!.read())
  return hex(await hasher.digest())
}
