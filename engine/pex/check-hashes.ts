import { hex } from '../bytes/hex.ts'
import type { Digests } from '../install/digests.ts'
import { pythonJson, type Json } from '../install/python-json.ts'
import type { Tree } from '../install/tree-file.ts'
import { hashTree, isBytecode } from '../install/tree-hash.ts'
import { walkTree } from '../install/walk-tree.ts'
import { codeHash } from './code-hash.ts'
import { distributionHash } from './distribution-hash.ts'
import { bootstrapDirectory } from './pex-tree.ts'
import type { OpenPex } from './read-pex.ts'

/** A hash that PEX-INFO holds, and what the PEX's content comes to. */
export interface CheckedHash {
  /** `pex_hash`, `code_hash`, `bootstrap_hash`, or a distribution's file name. */
  of: string
  recorded: string
  /** Undefined where the content is not there, and where `unknown` says why it does not tell. */
  found: string | undefined
  unknown?: string
}

export const isWrong = ({ recorded, found, unknown }: CheckedHash): boolean => unknown === undefined && found !== recorded

/** Without what `--compile` made of it afterwards. */
const hashOfBootstrap = async (bootstrap: Tree, digests: Digests): Promise<string> => {
  const hasher = digests.sha1()
  const own = [...bootstrap.keys()].filter((path) => path !== 'pex/__init__.py' && !path.startsWith('pex/vendor/') && !isBytecode(path))
  for (const path of walkTree(own)) hasher.update(await bootstrap.get(path)!.read())
  return hex(await hasher.digest())
}

/** In pex 2.1 it took in the runtime; pex 1 left out only what starts with a dot at the root. They are tried in turn. */
const hashOfCode = async (pex: OpenPex, recorded: unknown, digests: Digests): Promise<string> => {
  const ofCode = await codeHash(pex.code, digests)
  if (ofCode === recorded) return ofCode
  const withRuntime: Tree = new Map(pex.code)
  for (const [path, file] of pex.bootstrap) withRuntime.set(`${bootstrapDirectory}/${path}`, file)
  if ((await codeHash(withRuntime, digests)) === recorded) return String(recorded)
  const withHidden: Tree = new Map([...pex.code].filter(([path]) => !path.startsWith('.')))
  return (await hashTree(withHidden, digests.sha1())) === recorded ? String(recorded) : ofCode
}

/**
 * Pex 2.1.100 and its neighbours hashed the runtime in the order in which the building machine's file system listed it, and a RECORD that
 * they did not pack: those hashes cannot be made again from the PEX.
 */
const isUnordered = async ({ bootstrap }: OpenPex): Promise<boolean> => {
  const common = await bootstrap.get('pex/common.py')?.read()
  return common !== undefined && !new TextDecoder().decode(common).includes('deterministic_walk')
}

const lacksRecord = (distribution: Tree): boolean => ![...distribution.keys()].some((path) => /^[^/]+\.dist-info\/RECORD$/.test(path))

/** sha1 of PEX-INFO without its own hash, written with the spaces that it is written with: pex 2 lately has none. */
const hashOfInfo = async ({ info, infoText }: OpenPex, digests: Digests): Promise<string> => {
  const spacing = pythonJson(info as { [key: string]: Json }, { spacing: 'default' }) === infoText.trim() ? 'default' : 'compact'
  const { pex_hash: _, ...rest } = info as { [key: string]: Json }
  const hasher = digests.sha1()
  hasher.update(new TextEncoder().encode(pythonJson(rest, { spacing })))
  return hex(await hasher.digest())
}

/** Hex digits: pex 1's hashes of distributions; pex 2's are sha256. */
const sha1Length = 40

/** Every hash in PEX-INFO with what it should be, in the way of the pex that made it (1.6 to 2.100); those that are not there are left out. */
export const checkHashes = async (pex: OpenPex, digests: Digests): Promise<CheckedHash[]> => {
  const checked: CheckedHash[] = []
  const check = async (of: string, recorded: unknown, find: () => Promise<string | undefined>, unknown?: string) => {
    if (typeof recorded !== 'string') return
    const found = await find()
    const tells = found === recorded || found === undefined || unknown === undefined
    checked.push(tells ? { of, recorded, found } : { of, recorded, found: undefined, unknown })
  }
  const { info, bootstrap, distributions } = pex
  const unordered = await isUnordered(pex)
  await check('pex_hash', info.pex_hash, () => hashOfInfo(pex, digests))
  await check('code_hash', info.code_hash, () => hashOfCode(pex, info.code_hash, digests))
  const inAnyOrder = unordered ? 'this pex hashed its runtime in no fixed order' : undefined
  await check('bootstrap_hash', info.bootstrap_hash, () => hashOfBootstrap(bootstrap, digests), inAnyOrder)
  for (const [name, recorded] of Object.entries(info.distributions ?? {})) {
    const distribution = distributions.get(name)
    const hasher = String(recorded).length === sha1Length ? digests.sha1() : digests.sha256()
    const incomplete = unordered && distribution instanceof Map && lacksRecord(distribution)
    const find = async () => distribution && distributionHash(distribution, hasher)
    await check(name, recorded, find, incomplete ? 'this pex hashed a RECORD that it left out' : undefined)
  }
  return checked
}
