import { hex } from '../bytes/hex.ts'
import type { Hasher } from '../install/digests.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'
import { hashTree } from '../install/tree-hash.ts'

/** What PEX-INFO's `distributions` has of one: the hash of its tree without `.layout.json`, or of the wheel that it is. */
export const distributionHash = async (distribution: Tree | TreeFile, hasher: Hasher): Promise<string> => {
  if (distribution instanceof Map) return hashTree(new Map([...distribution].filter(([path]) => path !== '.layout.json')), hasher)
  hasher.update(await distribution.read())
  return hex(await hasher.digest())
}
