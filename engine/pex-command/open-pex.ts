import type { Tree } from '../install/tree-file.ts'
import type { PexSource } from '../pex/describe-pex.ts'
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

/** What lies at a path: a file, or a directory as a tree. Throws FileProblem. */
export const sourceAt = async (path: string, home: PexHome): Promise<PexSource> => {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? path
  return await home.files.kind(path) === 'directory' ? { name, tree: await treeOf(home.files, path) } : { name, file: await home.files.open(path) }
}

/** A PEX of any layout. Throws FileProblem and PexError. */
export const openPex = async (path: string, home: PexHome): Promise<OpenPex> => {
  const source = await sourceAt(path, home)
  return 'tree' in source ? readPexDirectory(source.tree) : inFile(path, () => readPexFile(source.file))
}
