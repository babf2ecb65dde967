import type { ZipEntry } from '../archive/zip-entry.ts'
import type { RecordRow } from '../packaging/record.ts'
import type { Digests } from './digests.ts'
import { entryFile } from './entry-file.ts'
import { entryPointsOf, type EntryPoints } from './entry-points-of.ts'
import type { EntryScripts } from './entry-scripts.ts'
import { finishTree, isStartScript } from './finish-tree.ts'
import { installPaths } from './install-paths.ts'
import { originalWheelInfo } from './original-wheel-info.ts'
import { placeFile } from './place-file.ts'
import { readRecord } from './record.ts'
import { spreadRows } from './spread-rows.ts'
import type { Tree } from './tree-file.ts'
import { spreadSchemes, type Wheel } from './wheel.ts'

/** A wheel as pex installs it: PEX-INFO names it by `fileName` and `fingerprint`. */
export interface InstalledWheel {
  fileName: string
  /** As METADATA spells them. */
  project: string
  version: string
  tree: Tree
  /** sha256 of the tree without its `.layout.json`, in hex. */
  fingerprint: string
  entryPoints: EntryPoints
}

export interface Installing {
  digests: Digests
  scripts: EntryScripts
  /** Told in pex's words what is wrong with the wheel, yet does not stop it. */
  warn?(message: string): void
}

const S_IFMT = 0o170000
const S_IFREG = 0o100000

const isExecutable = (entry: ZipEntry): boolean => {
  const mode = entry.raw.externalAttributes >>> 16
  return (mode & S_IFMT) === S_IFREG && (mode & 0o111) !== 0
}

const unpack = ({ archive }: Wheel): Tree => {
  const tree: Tree = new Map()
  for (const entry of archive.entries) {
    if (entry.type === 'directory') continue
    tree.set(entry.name, entryFile(archive, entry, isExecutable(entry)))
  }
  return tree
}

interface Spread {
  wheel: Wheel
  tree: Tree
  entryPoints: EntryPoints
  digests: Digests
}

/** A member of the `.data` directory goes to its place: the row that stands for it there, undefined where it is dropped. */
const spreadFile = async ({ wheel, tree, entryPoints, digests }: Spread, row: RecordRow): Promise<RecordRow | undefined> => {
  const scheme = spreadSchemes(wheel.rootIsPurelib).find((each) => row.path.startsWith(`${wheel.prefix}.data/${each}/`))
  if (!scheme) return row
  const relative = row.path.slice(`${wheel.prefix}.data/${scheme}/`.length)
  if (scheme === 'scripts' && isStartScript(entryPoints, relative)) return undefined
  return placeFile(tree, `${installPaths(wheel)[scheme]}/${relative}`, tree.get(row.path)!, { row, isScript: scheme === 'scripts', digests })
}

/**
 * A wheel -> the tree that pex keeps of it under `.deps/`: the root's files, `.prefix` with scripts, data and headers, scripts for its
 * entry points, `.layout.json`. Rows of the RECORD that name missing files are left out with a warning. Source: pex/pep_427.py,
 * install_wheel_chroot. Throws ZipError where a member's data are damaged.
 */
export const installWheel = async (wheel: Wheel, installing: Installing): Promise<InstalledWheel> => {
  const { digests, warn = () => {} } = installing
  const { fileName, project, version, prefix, rootIsPurelib } = wheel
  const tree = unpack(wheel)
  const entryPoints = entryPointsOf(new TextDecoder().decode(await wheel.read(`${prefix}.dist-info/entry_points.txt`)))
  const spread: Spread = { wheel, tree, digests, entryPoints }

  const { rows, endOfLine } = await readRecord(wheel, tree, `${prefix}.dist-info/RECORD`, warn)
  const kept = await spreadRows(rows, { fileName, prefix, has: path => tree.has(path), place: row => spreadFile(spread, row), warn })
  for (const path of [...tree.keys()]) if (path.startsWith(`${prefix}.data/`)) tree.delete(path)

  const unfinished = { tree, record: { rows: kept, endOfLine }, prefix, rootIsPurelib, entryPoints, original: originalWheelInfo(wheel) }
  const fingerprint = await finishTree(unfinished, installing)
  return { fileName, project, version, tree, fingerprint, entryPoints }
}
