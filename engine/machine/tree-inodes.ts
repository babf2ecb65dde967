/**
 * The table of inodes: numbers to inodes, what they take up, and which are held open. Numbers are never used twice, not even after a
 * restore, so that whoever holds an open file cannot come to hold another one.
 */
import { SystemError } from './system-error.ts'
import { BLOCK, type Inode } from './tree-inode.ts'
import { dropLeaf, getLeaf, putLeaf, type Owner, type Trie } from './tree-trie.ts'

/** An immutable picture of the table. */
export interface InodesPicture {
  readonly inodes: Trie<Inode>
  readonly nextIno: number
  readonly blocks: number
  readonly count: number
  /** Unlinked but held open at the time. */
  readonly orphans: readonly number[]
}

export interface Inodes {
  /** Whoever changes a node's insides does it under this owner. */
  readonly owner: Owner
  readonly blocks: number
  readonly count: number
  /** Throws ESTALE for a number that names nothing (any more). */
  get(ino: number): Inode
  /** The inode to change: a copy, if it belongs to a picture. */
  edit(ino: number): Inode
  add(inode: Omit<Inode, 'key' | 'owner'>): Inode
  /** To be called with every change of an inode's `blocks`. */
  charge(blocks: number): void
  /** Called when the last link is gone: frees it now, or at the last release. */
  unlinked(ino: number): void
  retain(ino: number): void
  release(ino: number): void
  picture(): InodesPicture
  restore(picture: InodesPicture): void
}

export const createInodes = (): Inodes => {
  let inodes: Trie<Inode>
  let owner: Owner = {}
  let nextIno = 1
  let blocks = 0
  let count = 0
  let orphans = new Set<number>()
  const holders = new Map<number, number>()

  const find = (ino: number) => getLeaf(inodes, ino)
  const get = (ino: number): Inode => {
    const inode = find(ino)
    if (inode === undefined) throw new SystemError('ESTALE')
    return inode
  }
  const put = (inode: Inode): Inode => {
    inodes = putLeaf(inodes, inode, owner)
    return inode
  }
  const free = (ino: number) => {
    blocks -= get(ino).blocks
    count--
    inodes = dropLeaf(inodes, ino, owner)
  }
  const edit = (ino: number): Inode => {
    const inode = get(ino)
    return inode.owner === owner ? inode : put({ ...inode, owner })
  }

  return {
    get owner() {
      return owner
    },
    get blocks() {
      return blocks
    },
    get count() {
      return count
    },
    get,
    edit,
    add(inode) {
      blocks += inode.blocks
      count++
      return put({ key: nextIno++, owner, ...inode })
    },
    charge(more) {
      blocks += more
    },
    unlinked(ino) {
      if (holders.has(ino)) orphans.add(ino)
      else free(ino)
    },
    retain(ino) {
      get(ino)
      holders.set(ino, (holders.get(ino) ?? 0) + 1)
    },
    release(ino) {
      const held = holders.get(ino)
      if (held === undefined) throw new Error(`inode ${ino} was released more often than it was retained`)
      if (held > 1) {
        holders.set(ino, held - 1)
        return
      }
      holders.delete(ino)
      if (orphans.delete(ino)) free(ino)
    },
    picture() {
      const picture = { inodes, nextIno, blocks, count, orphans: [...orphans] }
      owner = {}
      return picture
    },
    restore(picture) {
      const held = [...holders.keys()].map(get)
      ;({ inodes, blocks, count } = picture)
      owner = {}
      nextIno = Math.max(nextIno, picture.nextIno)
      orphans = new Set(picture.orphans)
      for (const ino of picture.orphans) {
        if (holders.has(ino)) continue
        orphans.delete(ino)
        free(ino)
      }
      // An open file that the picture doesn't know goes on as if it had been unlinked; a directory, as if removed.
      for (const inode of held) {
        if (find(inode.key) !== undefined) continue
        const isDirectory = inode.parent !== 0
        put({ ...inode, owner, nlink: 0, ...(isDirectory ? { entries: undefined, count: 0 } : {}) })
        blocks += inode.blocks
        count++
        orphans.add(inode.key)
      }
    },
  }
}

/** What `size` and `blocks` a new inode has. */
export const newInode = (
  init: { mode: number; uid: number; gid: number; rdev?: number },
  kind: { directoryIn?: number; target?: string },
  time: number,
): Omit<Inode, 'key' | 'owner'> => {
  const target = kind.target ?? ''
  const isDirectory = kind.directoryIn !== undefined
  const size = isDirectory ? BLOCK : new TextEncoder().encode(target).length
  return {
    mode: init.mode,
    nlink: isDirectory ? 2 : 1,
    uid: init.uid,
    gid: init.gid,
    rdev: init.rdev ?? 0,
    size,
    // ext4 keeps a symlink of less than 60 bytes in the inode itself.
    blocks: isDirectory || size >= 60 ? 1 : 0,
    atime: time,
    mtime: time,
    ctime: time,
    pages: undefined,
    entries: undefined,
    count: 0,
    nextOrder: 0,
    parent: kind.directoryIn ?? 0,
    target,
  }
}
