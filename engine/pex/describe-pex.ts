import type { ByteSource } from '../archive/byte-source.ts'
import { readZip } from '../archive/read-zip.ts'
import type { Digests } from '../install/digests.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'
import { checkHashes } from './check-hashes.ts'
import { checkRecord } from './check-record.ts'
import type { DescribedDistribution, Description, Extent } from './description.ts'
import { readDistributionMetadata } from './distribution-metadata.ts'
import { madeByOf, textOf, textsOf } from './info-fields.ts'
import { PexError } from './pex-error.ts'
import { bootstrapDirectory, infoName } from './pex-tree.ts'
import { headOf, readPexDirectory, readPexTree, shebangOf, type OpenPex } from './read-pex.ts'
import { zipTree } from './zip-tree.ts'

/** A file, or the files of a directory, with its base name. */
export type PexSource = { name: string; file: ByteSource } | { name: string; tree: Tree }

const sizeOf = async ({ size, read }: TreeFile): Promise<number> => size ?? (await read()).length

const extentOf = async (tree: Tree): Promise<Extent> => {
  let size = 0
  for (const file of tree.values()) size += await sizeOf(file)
  return { files: tree.size, size }
}

const describeDistribution = async (fileName: string, part: Tree | TreeFile): Promise<DescribedDistribution> => {
  const extent = part instanceof Map ? await extentOf(part) : { files: 1, size: await sizeOf(part) }
  const tags = /^[^-]+-[^-]+(?:-\d[^-]*)?-([^-]+-[^-]+-[^-]+)\.whl$/.exec(fileName)?.[1]
  const unknown = { project: undefined, version: undefined, requiresPython: undefined }
  const metadata = await readDistributionMetadata(fileName, part).catch((error: unknown) => {
    if (error instanceof PexError) return unknown
    throw error
  })
  return { fileName, ...extent, project: metadata.project, version: metadata.version, requiresPython: metadata.requiresPython, tags }
}

const filesOf = (tree: Tree): Promise<Description['code']> =>
  Promise.all([...tree].map(async ([path, file]) => ({ path, size: await sizeOf(file) })))

const startOf = ({ entry_point: entryPoint, script }: OpenPex['info']): string | undefined =>
  textOf(entryPoint) ?? (textOf(script) === undefined ? undefined : `the script ${textOf(script)}`)

/** Of what a wheel and a zipapp have not. */
const nothing = {
  layout: undefined,
  madeBy: undefined,
  starts: undefined,
  requirements: [],
  constraints: [],
  runtime: { files: 0, size: 0 },
  distributions: [],
  code: [],
  hashes: [],
  info: undefined,
}

const describeOpenPex = async (pex: OpenPex, size: number, digests: Digests): Promise<Description> => {
  const { info, layout, interpreter, bootstrap, code } = pex
  const distributions: DescribedDistribution[] = []
  for (const [fileName, part] of pex.distributions) distributions.push(await describeDistribution(fileName, part))
  return {
    kind: 'pex',
    layout,
    size,
    interpreter,
    madeBy: madeByOf(info),
    starts: startOf(info),
    requirements: textsOf(info.requirements),
    constraints: textsOf(info.interpreter_constraints),
    runtime: await extentOf(bootstrap),
    distributions,
    code: await filesOf(code),
    hashes: await checkHashes(pex, digests),
    info,
  }
}

/** What the hashes in PEX-INFO leave out. */
const isInNoHash = (path: string) => path === '__main__.py' || path.startsWith(`${bootstrapDirectory}/pex/vendor/`)

const isWheel = (tree: Tree) => [...tree.keys()].some((path) => /^[^/]+\.dist-info\/WHEEL$/.test(path))

/** Reading an entry of a zip is checking it: throws where its bytes are not those that were packed. */
const readAll = async (tree: Tree, isMeant: (path: string) => boolean = () => true): Promise<void> => {
  for (const [path, file] of tree) if (isMeant(path)) await file.read()
}

interface Other {
  name: string
  tree: Tree
  size: number
  head: Uint8Array
  digests: Digests
}

/** What is no PEX: an application of `zipapp`, or a wheel. */
const describeOther = async ({ name, tree, size, head, digests }: Other): Promise<Description> => {
  const shared = { ...nothing, size, interpreter: shebangOf(head) }
  if (isWheel(tree)) {
    return { ...shared, kind: 'wheel', distributions: [await describeDistribution(name, tree)], hashes: await checkRecord(tree, digests) }
  }
  if (!tree.has('__main__.py') && !tree.has('__main__.pyc')) throw new PexError('it has neither PEX-INFO nor __main__.py: Python cannot run it')
  await readAll(tree)
  return { ...shared, kind: 'zipapp', starts: '__main__.py', code: await filesOf(tree) }
}

/**
 * Reads all that a PEX of any layout and any version from 1.6 on, a zipapp or a wheel says of itself, and computes every hash again. Of a
 * file only the directory of its zip and one entry at a time are in memory. Throws PexError, ZipError (no sound zip) or PackagingError
 * (its metadata), each with one line.
 */
export const describePex = async (source: PexSource, digests: Digests): Promise<Description> => {
  const { name } = source
  if ('tree' in source) {
    const { size } = await extentOf(source.tree)
    if (source.tree.has(infoName)) return describeOpenPex(await readPexDirectory(source.tree), size, digests)
    return describeOther({ name, tree: source.tree, size, head: new Uint8Array(0), digests })
  }
  const archive = await readZip(source.file)
  const tree = zipTree(archive)
  const head = await headOf(archive)
  if (tree.has(infoName)) {
    const description = await describeOpenPex(await readPexTree(tree, 'zipapp', head), source.file.size, digests)
    await readAll(tree, isInNoHash)
    return description
  }
  return describeOther({ name, tree, size: source.file.size, head, digests })
}
