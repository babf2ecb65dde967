import type { Tree } from '../install/tree-file.ts'
import type { PexSource } from '../pex/describe-pex.ts'
import { PexError } from '../pex/pex-error.ts'
import { readPexDirectory, readPexFile, type OpenPex } from '../pex/read-pex.ts'
import { inFile } from './in-file.ts'
import { joinPath } from './paths.ts'
import type { PexFiles, PexHome } from './pex-home.ts'

const treeOf = async (files: PexFiles, directory: string, below = ''): Promise<Tree> => {
  const tree: Tree = new Map()
  for (const { name, kind } of await files.list(joinPath(directory, below))) {
    const path = joinPath(below, name)
    if (kind === 'directory') for (const [inside, file] of await treeOf(files, directory, path)) tree.set(inside, file)
    else if (kind === 'file') tree.set(path, { read: () => files.read(joinPath(directory, path)), executable: await files.isExecutable(joinPath(directory, path)) })
  }
  return tree
}

/** What lies at a path: a file, or a directory as a tree. */
const sourceAt = async (path: string, home: PexHome): Promise<PexSource> => {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? path
  return await home.files.kind(path) === 'directory' ? { name, tree: await treeOf(home.files, path) } : { name, file: await home.files.open(path) }
}

/** Does work on what lies at a path; what is wrong with it is told with the path. Throws FileProblem and PexError. */
export const atPath = async <T>(path: string, home: PexHome, work: (source: PexSource) => Promise<T>): Promise<T> => {
  const source = await sourceAt(path, home)
  try {
    return await ('tree' in source ? work(source) : inFile(path, source.file, () => work(source)))
  } catch (error) {
    if (error instanceof PexError && /^its? /.test(error.message)) throw new PexError(`${path}: ${error.message}`)
    throw error
  }
}

/** A PEX of any layout. Throws PexError and ZipError. */
export const readPexSource = (source: PexSource): Promise<OpenPex> => ('tree' in source ? readPexDirectory(source.tree) : readPexFile(source.file))

/** The PEX at a path. Throws FileProblem and PexError. */
export const openPex = (path: string, home: PexHome): Promise<OpenPex> => atPath(path, home, readPexSource)
