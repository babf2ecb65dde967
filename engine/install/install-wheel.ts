import type { ZipEntry } from '../archive/zip-entry.ts'
import { formatRecord, type RecordRow } from '../packaging/record.ts'
import type { Digests } from './digests.ts'
import { entryFile } from './entry-file.ts'
import { entryPointsOf, type EntryPoints } from './entry-points-of.ts'
import type { EntryScripts } from './entry-scripts.ts'
import { installPaths, stash } from './install-paths.ts'
import { originalInfoPath, originalWheelInfo } from './original-wheel-info.ts'
import { pythonJson } from './python-json.ts'
import { readRecord, rowOf } from './record.ts'
import { isPythonScript, withPlaceholderShebang } from './script-text.ts'
import { fileOf, type Tree } from './tree-file.ts'
import { hashTree } from './tree-hash.ts'
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
const encoder = new TextEncoder()

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
  entryPointNames: Set<string>
  digests: Digests
}

/** A member of the `.data` directory goes to its place: the row that stands for it there, undefined where it is dropped. */
const spreadFile = async ({ wheel, tree, entryPointNames, digests }: Spread, row: RecordRow): Promise<RecordRow | undefined> => {
  const scheme = spreadSchemes(wheel.rootIsPurelib).find((each) => row.path.startsWith(`${wheel.prefix}.data/${each}/`))
  if (!scheme) return row
  const relative = row.path.slice(`${wheel.prefix}.data/${scheme}/`.length)
  if (scheme === 'scripts' && entryPointNames.has(relative.slice(relative.lastIndexOf('/') + 1))) return undefined
  const path = `${installPaths(wheel)[scheme]}/${relative}`
  const file = tree.get(row.path)!
  const bytes = scheme === 'scripts' ? await file.read() : undefined
  if (bytes && isPythonScript(bytes)) {
    const script = withPlaceholderShebang(bytes)
    tree.set(path, fileOf(script))
    return rowOf(digests, path, script)
  }
  if (!tree.has(path)) tree.set(path, file)
  return { ...row, path }
}

/**
 * A wheel -> the tree that pex keeps of it under `.deps/`: the root's files, `.prefix` with scripts, data and headers, scripts for its
 * entry points, `.layout.json`. Rows of the RECORD that name missing files are left out with a warning. Source: pex/pep_427.py,
 * install_wheel_chroot. Throws ZipError where a member's data are damaged.
 */
export const installWheel = async (wheel: Wheel, { digests, scripts, warn = () => {} }: Installing): Promise<InstalledWheel> => {
  const tree = unpack(wheel)
  const distInfo = `${wheel.prefix}.dist-info`
  const recordPath = `${distInfo}/RECORD`
  const infoPath = originalInfoPath(wheel.prefix)
  const dropped = new Set([`${distInfo}/INSTALLER`, `${distInfo}/REQUESTED`, infoPath])
  const entryPointsText = await wheel.read(`${distInfo}/entry_points.txt`)
  const entryPoints = entryPointsOf(new TextDecoder().decode(entryPointsText))
  const started = ['console_scripts', 'gui_scripts'].flatMap((group) => [...(entryPoints.get(group) ?? [])])
  const spread: Spread = { wheel, tree, digests, entryPointNames: new Set(started.map(([name]) => name)) }

  const record = await readRecord(wheel, tree, recordPath, warn)
  const rows: RecordRow[] = []
  let warned = false
  for (const row of record.rows) {
    if (row.path.endsWith('/')) rows.push(row)
    else if (row.path === recordPath) rows.push({ path: recordPath, hash: '', size: '' })
    else if (dropped.has(row.path) || row.path.endsWith('.pyc')) continue
    else if (tree.has(row.path)) {
      const placed = await spreadFile(spread, row)
      if (placed) rows.push(placed)
    } else if (!warned) {
      warned = true
      warn(`The wheel ${wheel.fileName} has a bad RECORD. Skipping install of non-existent file ${row.path} and possibly others.`)
    }
  }
  for (const path of [...tree.keys()]) if (path.startsWith(`${wheel.prefix}.data/`)) tree.delete(path)

  const add = async (path: string, bytes: Uint8Array, executable = false) => {
    tree.set(path, fileOf(bytes, executable))
    rows.push(await rowOf(digests, path, bytes))
  }
  for (const [name, { module, attributes }] of started) {
    const text = attributes.length ? scripts.callable(module, attributes) : scripts.module(module)
    await add(`${stash}/bin/${name}`, encoder.encode(text), true)
  }
  await add(infoPath, originalWheelInfo(wheel))
  tree.set(recordPath, fileOf(encoder.encode(formatRecord(rows, record.endOfLine))))

  const fingerprint = await hashTree(tree, digests.sha256())
  const otherLibrary = `${stash}/${wheel.rootIsPurelib ? 'platlib' : 'purelib'}`
  const layout = {
    fingerprint,
    record_relpath: recordPath,
    root_is_purelib: wheel.rootIsPurelib,
    stash_dir: stash,
    sys_path_entries: [...tree.keys()].some((path) => path.startsWith(`${otherLibrary}/`)) ? ['.', otherLibrary] : ['.'],
  }
  tree.set('.layout.json', fileOf(encoder.encode(pythonJson(layout))))
  const { fileName, project, version } = wheel
  return { fileName, project, version, tree, fingerprint, entryPoints }
}
