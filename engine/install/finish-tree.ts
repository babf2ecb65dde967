import { formatRecord, type RecordRow } from '../packaging/record.ts'
import type { EntryPoints } from './entry-points-of.ts'
import { stash } from './install-paths.ts'
import type { Installing } from './install-wheel.ts'
import { originalInfoPath } from './original-wheel-info.ts'
import { pythonJson } from './python-json.ts'
import { rowOf, type WheelRecord } from './record.ts'
import { fileOf, type Tree } from './tree-file.ts'
import { hashTree } from './tree-hash.ts'

export interface Unfinished {
  readonly tree: Tree
  readonly record: WheelRecord
  readonly prefix: string
  readonly rootIsPurelib: boolean
  readonly entryPoints: EntryPoints
  /** What the wheel was, where that is known. */
  readonly original: Uint8Array | undefined
}

const scriptGroups = ['console_scripts', 'gui_scripts']

/** Whether a script, by its path, is one that is made for an entry point. */
export const isStartScript = (entryPoints: EntryPoints, path: string): boolean =>
  scriptGroups.some(group => entryPoints.get(group)?.has(path.slice(path.lastIndexOf('/') + 1)))

/**
 * Files that are in their places become an installed tree: scripts for the entry points, what the wheel was, RECORD, `.layout.json`. Returns
 * the tree's fingerprint.
 */
export const finishTree = async ({ tree, record, prefix, rootIsPurelib, entryPoints, original }: Unfinished, { digests, scripts }: Installing): Promise<string> => {
  const encoder = new TextEncoder()
  const recordPath = `${prefix}.dist-info/RECORD`
  const rows: RecordRow[] = [...record.rows]
  const add = async (path: string, bytes: Uint8Array, executable = false) => {
    tree.set(path, fileOf(bytes, executable))
    rows.push(await rowOf(digests, path, bytes))
  }
  for (const [name, { module, attributes }] of scriptGroups.flatMap(group => [...entryPoints.get(group) ?? []])) {
    const text = attributes.length ? scripts.callable(module, attributes) : scripts.module(module)
    await add(`${stash}/bin/${name}`, encoder.encode(text), true)
  }
  if (original) await add(originalInfoPath(prefix), original)
  tree.set(recordPath, fileOf(encoder.encode(formatRecord(rows, record.endOfLine))))

  const fingerprint = await hashTree(tree, digests.sha256())
  const otherLibrary = `${stash}/${rootIsPurelib ? 'platlib' : 'purelib'}`
  const layout = {
    fingerprint,
    record_relpath: recordPath,
    root_is_purelib: rootIsPurelib,
    stash_dir: stash,
    sys_path_entries: [...tree.keys()].some(path => path.startsWith(`${otherLibrary}/`)) ? ['.', otherLibrary] : ['.'],
  }
  tree.set('.layout.json', fileOf(encoder.encode(pythonJson(layout))))
  return fingerprint
}
