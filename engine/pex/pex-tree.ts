import type { EntryRun } from '../archive/entry-run.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'
import { walkTree } from '../install/walk-tree.ts'
import type { PexInfo } from './pex-info.ts'

/** A PEX before it has a layout. */
export interface PexTree {
  info: PexInfo
  /** All files but the distributions': `.bootstrap`, user code, PEX-INFO, `__main__.py`, `__pex__`. */
  files: Tree
  /** `.deps`: wheel file name -> its installed tree, or the wheel itself. */
  distributions: Map<string, Tree | TreeFile>
  /** For a zipapp: what is packed already, by its directory, and then in neither of the two above. */
  runs?: ReadonlyMap<string, EntryRun>
  /** The paths in `files` of what `--compile` made: with it, bytecode that was there before is left in too. */
  bytecode?: ReadonlySet<string>
  /** The first line of a file, without its newline. */
  shebang: string
  /** What `/bin/sh` runs, for `--sh-boot`: where the PEX is a file. */
  header?: string
}

export const bootstrapDirectory = '.bootstrap'
export const dependenciesDirectory = '.deps'
export const infoName = 'PEX-INFO'

/** What makes an `import` of a PEX boot it. */
export const importHook = '__pex__/__init__.py'

/** A distribution's files, in the order in which pex packs them. */
export const distributionFiles = (tree: Tree): [string, TreeFile][] => walkTree(tree.keys()).map((path) => [path, tree.get(path)!])

/**
 * Every file in the order of a zipapp: paths and distributions by code point, a distribution's files where it stands in that order, as a
 * walk finds them.
 */
export const orderedFiles = ({ files, distributions }: PexTree): [string, TreeFile][] => inOrder<TreeFile>(files, distributions)

/** The same with the runs in their places. */
export const orderedParts = ({ files, distributions, runs = new Map() }: PexTree): [string, TreeFile | EntryRun][] =>
  inOrder<TreeFile | EntryRun>(new Map<string, TreeFile | EntryRun>([...files, ...runs]), distributions)

const inOrder = <T>(files: ReadonlyMap<string, T>, distributions: PexTree['distributions']): [string, T | TreeFile][] => {
  const deps = new Map([...distributions].map(([name, tree]) => [`${dependenciesDirectory}/${name}`, tree]))
  return [...files.keys(), ...deps.keys()].sort(compareCodePoints).flatMap((path): [string, T | TreeFile][] => {
    const distribution = deps.get(path)
    if (!distribution) return [[path, files.get(path)!]]
    if (!(distribution instanceof Map)) return [[path, distribution]]
    return distributionFiles(distribution).map(([inside, file]) => [`${path}/${inside}`, file])
  })
}
