import type { Digests } from '../install/digests.ts'
import type { Tree } from '../install/tree-file.ts'
import { hashTree } from '../install/tree-hash.ts'

/** PEX-INFO's code_hash: user code but for files whose own name starts with a dot. Source: pex/util.py, pex_code_hash. */
export const codeHash = (code: Tree, digests: Digests): Promise<string> =>
  hashTree(new Map([...code].filter(([path]) => !path.slice(path.lastIndexOf('/') + 1).startsWith('.'))), digests.sha1())
