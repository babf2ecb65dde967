import { entryFile } from '../install/entry-file.ts'
import { hex } from '../bytes/hex.ts'
import type { Digests } from '../install/digests.ts'
import { isBytecode } from '../install/tree-hash.ts'
import { fileOf, type Tree } from '../install/tree-file.ts'
import { walkTree } from '../install/walk-tree.ts'
import { PexError } from './pex-error.ts'
import type { Runtime } from './runtime.ts'

/** Which parts of pex run with a PEX. Source: pex/pex_builder.py, _prepare_bootstrap. */
const packages = ['cache', 'fs', 'repl', 'third_party', 'venv', 'windows']
const toolPackages = ['commands', 'tools']
const vendoredRoots = ['appdirs', 'attr', 'colors', 'packaging', 'pyparsing']
const vendorDirectory = 'pex/vendor/_vendored/'

/** The vendored files that are imported at run time: those under a root name, `_vendored/<distribution>/<root>[.py]`. */
const vendoredPaths = (paths: string[]): Set<string> => {
  const rootOf = (path: string) => path.slice(vendorDirectory.length).split('/')[1] ?? ''
  const vendored = paths.filter((path) => path.startsWith(vendorDirectory))
  const hasSetuptools = vendored.some((path) => path.startsWith(`${vendorDirectory}setuptools/`))
  const roots = new Set(hasSetuptools ? [...vendoredRoots, 'pkg_resources'] : vendoredRoots)
  const found = new Set<string>()
  const used = vendored.filter((path) => {
    const parts = path.slice(vendorDirectory.length).split('/')
    const name = parts.length > 2 ? parts[1]! : rootOf(path).slice(0, -3)
    if (!roots.has(name)) return false
    found.add(name)
    return !parts.includes('__pycache__')
  })
  const missing = [...roots].filter((name) => !found.has(name))
  if (missing.length) throw new PexError(`the pex wheel does not vendor ${missing.join(', ')}: this version of pex is not known`)
  const result = new Set(used)
  for (const path of used) {
    const distribution = path.slice(0, path.indexOf('/', vendorDirectory.length))
    for (const directory of ['pex', 'pex/vendor', vendorDirectory.slice(0, -1), distribution]) result.add(`${directory}/__init__.py`)
  }
  return result
}

/** The `.bootstrap` tree, paths relative to it, and PEX-INFO's bootstrap_hash: sha1 of the contents that are not vendored, walk order. */
export const prepareBootstrap = async (
  runtime: Runtime,
  { includesTools, digests }: { includesTools: boolean; digests: Digests },
): Promise<{ tree: Tree; hash: string }> => {
  const wheel = await runtime.wheel()
  const entries = new Map(wheel.archive.entries.map((entry) => [entry.name, entry]))
  const paths = [...entries.keys()].filter((path) => path.startsWith('pex/') && !path.endsWith('/') && !isBytecode(path))
  const vendored = vendoredPaths(paths)
  const chosen = new Set(includesTools ? [...packages, ...toolPackages] : packages)
  const own = paths.filter((path) => {
    const [, name, below] = path.split('/')
    return !vendored.has(path) && (below === undefined || chosen.has(name!))
  })
  const tree: Tree = new Map()
  const hasher = digests.sha1()
  for (const path of walkTree(own)) {
    const entry = entries.get(path)!
    hasher.update(await wheel.archive.data(entry))
    tree.set(path, entryFile(wheel.archive, entry))
  }
  for (const path of vendored) {
    const entry = entries.get(path)
    // Read, so that damage shows: it goes in as it is packed.
    if (entry) await wheel.archive.data(entry)
    tree.set(path, entry ? entryFile(wheel.archive, entry) : fileOf(new Uint8Array(0)))
  }
  return { tree, hash: hex(await hasher.digest()) }
}
