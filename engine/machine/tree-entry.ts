/** A row of a watched directory. `path` is relative to it; sizes are bytes, times milliseconds since the epoch. */
export interface TreeEntry {
  path: string
  type: 'file' | 'directory' | 'symlink' | 'other'
  mode: number
  size: number
  mtime: number
  /** A symlink's text. */
  target?: string
}
