/** Where the bytes of an archive lie on a map of equal rows: to scale, row after row, as a hex dump has them. */
import type { Region } from '../engine/archive/anatomy.ts'
import { kindOfEntry, type PexPartKind } from '../engine/pex/pex-part-kind.ts'

export interface MapSize {
  width: number
  height: number
}

export interface Segment {
  x: number
  y: number
  width: number
  height: number
}

export interface MapLayout {
  bytesPerRow: number
  rowHeight: number
  rows: number
}

/** The rows' heights to aim at, in the map's units: rows of few bytes for a small file, a finer map for a large one. */
const ROW = 12
const GAP = 3

export function layMap(total: number, { height }: MapSize): MapLayout {
  const fitting = Math.max(1, Math.floor(height / ROW))
  // A power of two, so that offsets are easy to reckon: 32 bytes a row in a small file.
  const bytesPerRow = Math.max(16, 2 ** Math.ceil(Math.log2(Math.max(1, total / fitting))))
  const rows = Math.max(1, Math.ceil(total / bytesPerRow))
  return { bytesPerRow, rows, rowHeight: Math.min(ROW * 1.6, height / rows) }
}

/** The pieces of the bytes from `start` on, one per row that they touch. */
export function segmentsOf(start: number, length: number, { bytesPerRow, rowHeight }: MapLayout, { width }: MapSize): Segment[] {
  const segments: Segment[] = []
  for (let at = start; at < start + length;) {
    const column = at % bytesPerRow
    const taken = Math.min(bytesPerRow - column, start + length - at)
    segments.push({
      x: column / bytesPerRow * width,
      y: Math.floor(at / bytesPerRow) * rowHeight,
      width: taken / bytesPerRow * width,
      height: Math.max(1, rowHeight - GAP),
    })
    at += taken
  }
  return segments
}

/** The offset of the byte under a point of the map. */
export function byteAt(x: number, y: number, { bytesPerRow, rowHeight, rows }: MapLayout, { width }: MapSize): number {
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / rowHeight)))
  return row * bytesPerRow + Math.min(bytesPerRow - 1, Math.max(0, Math.floor(x / width * bytesPerRow)))
}

export type BytesKind = PexPartKind | 'header'

/** What bytes are to the deck: an entry's data by where it lies in a .pex, the archive's own records as metadata. */
export function bytesKind({ kind, entry }: Region): BytesKind {
  if (kind === 'shebang') return 'shebang'
  if (kind === 'prefix') return 'runtime'
  if (kind === 'local-header' || kind === 'data-descriptor') return 'header'
  return kind !== 'data' || entry === undefined ? 'metadata' : kindOfEntry(entry, false)
}
