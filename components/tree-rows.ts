import type { TreeEntry } from '../engine/host/session.ts'

export type Change = 'new' | 'changed' | 'gone'

export interface TreeRow {
  entry: TreeEntry
  name: string
  /** 0 for what stands in the directory itself. */
  depth: number
  change?: Change
}

/** The rows of a tree, directories before what is in them, each marked by how it differs from `before`; what is gone keeps its row. */
export function treeRows(entries: TreeEntry[], before: TreeEntry[]): TreeRow[] {
  const then = new Map(before.map(entry => [entry.path, entry]))
  const now = new Set(entries.map(entry => entry.path))
  const rows = [
    ...entries.map(entry => row(entry, changeOf(entry, then.get(entry.path)))),
    ...before.filter(entry => !now.has(entry.path)).map(entry => row(entry, 'gone' as const)),
  ]
  return rows.sort((a, b) => sortKey(a.entry.path) < sortKey(b.entry.path) ? -1 : 1)
}

/** A size as a tree shows it: bytes up to 9999, then kB, MB with three digits. */
export function sizeText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB']
  return `${value.toPrecision(3)} ${unit}`
}

function row(entry: TreeEntry, change: Change | undefined): TreeRow {
  const parts = entry.path.split('/')
  return { entry, name: parts.at(-1) ?? '', depth: parts.length - 1, change }
}

function changeOf(entry: TreeEntry, then: TreeEntry | undefined): Change | undefined {
  if (!then) return 'new'
  if (entry.type !== then.type || permissions(entry) !== permissions(then) || entry.target !== then.target) return 'changed'
  return entry.type === 'file' && (entry.size !== then.size || entry.mtime !== then.mtime) ? 'changed' : undefined
}

/** Without the file type's bits, which `type` says already. */
function permissions(entry: TreeEntry): number {
  return entry.mode & 0o7777
}

/** A slash sorts before every other character of a name, so that a directory's rows stay together. */
function sortKey(path: string): string {
  return path.replaceAll('/', '\0')
}
