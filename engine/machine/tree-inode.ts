/** What the tree knows of one file. All types share one shape, so that a copy is one allocation and property access stays monomorphic. */
import type { Entry } from './tree-directory.ts'
import type { Page } from './tree-content.ts'
import type { Owner, Trie } from './tree-trie.ts'

export interface Inode {
  /** The inode's number. */
  readonly key: number
  /** Changed in place only by its owner; see tree-trie.ts. */
  readonly owner: Owner
  mode: number
  nlink: number
  uid: number
  gid: number
  rdev: number
  /** Bytes: a file's length, a symlink's text; BLOCK for a directory, as on ext4. */
  size: number
  /** Units of BLOCK that are charged for it. */
  blocks: number
  atime: number
  mtime: number
  ctime: number
  /** A regular file's content. */
  pages: Trie<Page>
  /** A directory's entries, how many there are, and the next one's place in creation order. */
  entries: Trie<Entry>
  count: number
  nextOrder: number
  /** A directory's `..`; 0 for all others. */
  parent: number
  /** A symlink's text. */
  target: string
}

/** The unit of allocation, as on most Linux file systems: `du` of a small file says 4. */
export const BLOCK = 4096
