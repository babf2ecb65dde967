import { parseRecord, recordEndOfLine } from '../packaging/record.ts'
import type { Tag } from '../packaging/tags.ts'
import { entryPointsOf } from './entry-points-of.ts'
import { finishTree, isStartScript } from './finish-tree.ts'
import { InstallError } from './install-error.ts'
import { installPaths, type Scheme } from './install-paths.ts'
import type { InstalledWheel, Installing } from './install-wheel.ts'
import { installedName } from './installed-name.ts'
import { originalFileName, originalInfoPath } from './original-wheel-info.ts'
import { placeFile } from './place-file.ts'
import { spreadRows } from './spread-rows.ts'
import type { Tree, TreeFile } from './tree-file.ts'
import { isRootPurelib } from './wheel.ts'

/** A distribution as it lies in an environment. Its paths are seen from the directory of its `.dist-info`, as its RECORD has them. */
export interface Reinstallable {
  /** `name-version`, as the `.dist-info` directory spells it. */
  readonly prefix: string
  /** As METADATA spells them. */
  readonly project: string
  readonly version: string
  /** Of the environment, where the distribution's own are not told. */
  readonly tag: Tag
  /** Undefined where there is none. */
  file(path: string): Promise<TreeFile | undefined>
  /** What kind of place a path leads to, and the path there; undefined outside the environment. */
  place(path: string): { readonly scheme: Exclude<Scheme, 'purelib' | 'platlib'> | 'root'; readonly inside: string } | undefined
}

/**
 * What is installed in an environment -> the tree that pex keeps of it under `.deps/`, as `installWheel` makes it of a wheel. Source:
 * pex/resolve/venv_resolver.py. Throws InstallError and PackagingError where its metadata are damaged.
 */
export const reinstall = async ({ prefix, project, version, tag, file, place }: Reinstallable, installing: Installing): Promise<InstalledWheel> => {
  const { digests, warn = () => {} } = installing
  const distInfo = `${prefix}.dist-info`
  const read = async (path: string) => (await file(path))?.read()
  const textOf = async (name: string) => new TextDecoder().decode(await read(`${distInfo}/${name}`))
  const wheel = await textOf('WHEEL')
  const made = installedName({ project, version }, wheel, tag)
  const original = await read(originalInfoPath(prefix))
  const fileName = original ? originalFileName(original, prefix) : made
  const record = await textOf('RECORD')
  const absent = wheel === '' ? 'WHEEL' : record === '' ? 'RECORD' : undefined
  if (absent) throw new InstallError(fileName, `has no ${distInfo}/${absent} where it is installed: install it again with pip`)

  const rootIsPurelib = isRootPurelib(wheel)
  const entryPoints = entryPointsOf(await textOf('entry_points.txt'))
  const paths = installPaths({ project, rootIsPurelib, pythonTags: made.split('-').at(-3)!.split('.') })
  const tree: Tree = new Map()
  const found = new Map<string, TreeFile>()
  const rows = await spreadRows(parseRecord(record), {
    fileName, prefix, warn,
    has: async path => {
      const there = await file(path)
      if (there) found.set(path, there)
      return there !== undefined
    },
    place: async row => {
      const placed = place(row.path)
      if (!placed) throw new InstallError(fileName, `has ${row.path} in its RECORD, which lies outside of the environment that it is installed in`)
      const { scheme, inside } = placed
      if (scheme === 'scripts' && isStartScript(entryPoints, inside)) return undefined
      const path = scheme === 'root' ? inside : `${paths[scheme]}/${inside}`
      return placeFile(tree, path, found.get(row.path)!, { row, isScript: scheme === 'scripts', digests })
    },
  })
  const unfinished = { tree, record: { rows, endOfLine: recordEndOfLine(record) }, prefix, rootIsPurelib, entryPoints, original }
  const fingerprint = await finishTree(unfinished, installing)
  return { fileName, project, version, tree, fingerprint, entryPoints }
}
