import { hex, type Digests } from '../install/digests.ts'
import { pythonJson, type Json } from '../install/python-json.ts'
import type { Tree } from '../install/tree-file.ts'
import { walkTree } from '../install/walk-tree.ts'
import { codeHash } from './code-hash.ts'
import { distributionHash } from './distribution-hash.ts'
import { bootstrapDirectory } from './pex-tree.ts'
import type { OpenPex } from './read-pex.ts'

/** A hash that PEX-INFO holds, and what the PEX's content comes to; undefined where that is not there. */
export interface CheckedHash {
  /** `pex_hash`, `code_hash`, `bootstrap_hash`, or a distribution's file name. */
  of: string
  recorded: string
  found: string | undefined
}

const hashOfBootstrap = async (bootstrap: Tree, digests: Digests): Promise<string> => {
  const hasher = digests.sha1()
  const own = [...bootstrap.keys()].filter((path) => path !== 'pex/__init__.py' && !path.startsWith('pex/vendor/'))
  for (const path of walkTree(own)) hasher.update(await bootstrap.get(path)!.read())
  return hex(hasher.digest())
}

/** In pex 2.1 it took in the runtime: that is tried where the user's code alone does not give what is recorded. */
const hashOfCode = async (pex: OpenPex, recorded: unknown, digests: Digests): Promise<string> => {
  const ofCode = await codeHash(pex.code, digests)
  if (ofCode === recorded) return ofCode
  const all: Tree = new Map(pex.code)
  for (const [path, file] of pex.bootstrap) all.set(`${bootstrapDirectory}/${path}`, file)
  return (await codeHash(all, digests)) === recorded ? String(recorded) : ofCode
}

/** sha1 of PEX-INFO without its own hash, written with the spaces that it is written with: pex 2 lately has none. */
const hashOfInfo = ({ info, infoText }: OpenPex, digests: Digests): string => {
  const spacing = pythonJson(info as { [key: string]: Json }, 'default') === infoText.trim() ? 'default' : 'compact'
  const { pex_hash: _, ...rest } = info as { [key: string]: Json }
  const hasher = digests.sha1()
  hasher.update(new TextEncoder().encode(pythonJson(rest, spacing)))
  return hex(hasher.digest())
}

/** Hex digits: pex 1's hashes of distributions; pex 2's are sha256. */
const sha1Length = 40

/** Every hash in PEX-INFO with what it should be, in the way of the pex that made it (1.6 to 2.100); those that are not there are left out. */
export const checkHashes = async (pex: OpenPex, digests: Digests): Promise<CheckedHash[]> => {
  const checked: CheckedHash[] = []
  const check = async (of: string, recorded: unknown, find: () => string | undefined | Promise<string | undefined>) => {
    if (typeof recorded === 'string') checked.push({ of, recorded, found: await find() })
  }
  await check('pex_hash', pex.info.pex_hash, () => hashOfInfo(pex, digests))
  await check('code_hash', pex.info.code_hash, () => hashOfCode(pex, pex.info.code_hash, digests))
  await check('bootstrap_hash', pex.info.bootstrap_hash, () => hashOfBootstrap(pex.bootstrap, digests))
  for (const [name, recorded] of Object.entries(pex.info.distributions ?? {})) {
    const distribution = pex.distributions.get(name)
    const hasher = String(recorded).length === sha1Length ? digests.sha1() : digests.sha256()
    await check(name, recorded, () => distribution && distributionHash(distribution, hasher))
  }
  return checked
}
