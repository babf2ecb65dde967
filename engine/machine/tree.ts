/**
 * A file system in memory whose state is a value: a persistent, copy-on-write tree. A checkpoint keeps the table of inodes as it is and
 * lets later changes copy what they touch; nothing is copied twice between two checkpoints. A checkpoint may be restored in any tree of
 * the same thread, which then shares its memory.
 */
import { EVERYTHING, nameMark, REPLACED } from './change-log.ts'
import { LEAST_INODES, type Checkpoint, type FileSystem, type Ino } from './file-system.ts'
import { permits } from './permits.ts'
import { isDirectory, isRegular, isSymlink, S_IFDIR, S_IFMT, type Credentials } from './stat.ts'
import { SystemError } from './system-error.ts'
import { LARGEST_FILE, readContent, resizeContent, writeContent } from './tree-content.ts'
import { dropEntry, findEntry, listEntries, putEntry, type Entry } from './tree-directory.ts'
import { BLOCK, type Inode } from './tree-inode.ts'
import { createInodes, newInode, type InodesPicture } from './tree-inodes.ts'
import { isNameTooLong, resolvePath } from './tree-resolve.ts'

/** Bytes a file system holds unless told otherwise. */
export const FILE_SYSTEM_CAPACITY = 512 * 2 ** 20

/** ext4's. */
const LINK_MAX = 65000
/** An anonymous device (major 0), as Linux numbers file systems that no block device is under. */
const DEVICE = 24
const DAY = 86_400_000

type TreeOptions = { now: () => number; capacity?: number; changes?: (marks: number[]) => void }

/** `now` in milliseconds since the epoch, `capacity` in bytes; `changes` hears of every change, in change-log.ts's marks. */
export const createTree = ({ now, capacity = FILE_SYSTEM_CAPACITY, changes }: TreeOptions): FileSystem => {
  const inodes = createInodes()
  const { get, edit } = inodes
  const capacityBlocks = Math.floor(capacity / BLOCK)
  const capacityInodes = Math.max(LEAST_INODES, capacityBlocks)
  let generation = 0
  const tell = (...marks: number[]) => {
    generation++
    changes?.(marks)
  }
  /** For entries of directories. Behind one that leads elsewhere (a directory, a symbolic link) any path may have changed. */
  const tellEntry = (inode: Inode, ...marks: number[]) => tell(...(isRegular(inode.mode) ? [] : [EVERYTHING]), ...marks)

  /** A directory that still has a name; ENOENT in one that was removed. */
  const directory = (ino: Ino): Inode => {
    const inode = get(ino)
    if (!isDirectory(inode.mode)) throw new SystemError('ENOTDIR')
    return inode
  }
  const regular = (ino: Ino): Inode => {
    const inode = get(ino)
    if (isDirectory(inode.mode)) throw new SystemError('EISDIR')
    if (!isRegular(inode.mode)) throw new SystemError('EINVAL')
    return inode
  }
  const entry = (parent: Ino, name: string): Entry => {
    const found = findEntry(directory(parent), name)
    if (found === undefined) throw new SystemError('ENOENT')
    return found
  }
  /** Whether `name` may be made in `parent`, as far as names go. */
  const checkNewName = (parent: Ino, name: string) => {
    if (directory(parent).nlink === 0 || name === '') throw new SystemError('ENOENT')
    if (name.includes('/') || name.includes('\0')) throw new SystemError('EINVAL')
    if (isNameTooLong(name)) throw new SystemError('ENAMETOOLONG')
  }
  /** Whether `cred` may take the name away: write and search permission, and the sticky bit's rule (POSIX.1-2024, unlink, EPERM). */
  const checkRemoval = (parent: Ino, victim: Inode, cred: Credentials | undefined) => {
    if (cred === undefined) return
    const holder = get(parent)
    if (!permits(holder, 3, cred)) throw new SystemError('EACCES')
    const isSticky = (holder.mode & 0o1000) !== 0
    if (isSticky && cred.uid !== 0 && cred.uid !== holder.uid && cred.uid !== victim.uid) throw new SystemError('EPERM')
  }

  const changed = (inode: Inode, time: number) => {
    inode.ctime = time
  }
  const modified = (inode: Inode, time: number) => {
    inode.mtime = time
    inode.ctime = time
  }
  /** Linux's `relatime`: a read is noted once after a change, and once a day. */
  const accessed = (inode: Inode) => {
    const time = now()
    if (inode.atime <= inode.mtime || inode.atime <= inode.ctime || time - inode.atime >= DAY) edit(inode.key).atime = time
  }
  const dropLink = (ino: Ino, time: number) => {
    const inode = edit(ino)
    inode.nlink = isDirectory(inode.mode) ? 0 : inode.nlink - 1
    changed(inode, time)
    if (inode.nlink === 0) inodes.unlinked(ino)
  }
  const removeEntry = (parent: Ino, name: string, found: Entry) => {
    const time = now()
    const holder = edit(parent)
    const victim = get(found.ino)
    if (isDirectory(victim.mode)) holder.nlink--
    dropEntry(holder, name, inodes.owner)
    modified(holder, time)
    dropLink(found.ino, time)
    tellEntry(victim, parent, nameMark(name), found.ino)
  }
  const isWithin = (ino: Ino, ancestor: Ino): boolean => {
    for (let at = ino; ; at = get(at).parent) {
      if (at === ancestor) return true
      if (at === root) return false
    }
  }

  const root = inodes.add(newInode({ mode: S_IFDIR | 0o755, uid: 0, gid: 0 }, { directoryIn: 1 }, now())).key

  return {
    root,
    get generation() {
      return generation
    },
    resolve: (path, options) => resolvePath(get, root, path, options),
    access(ino, mask, cred) {
      if (!permits(get(ino), mask, cred)) throw new SystemError('EACCES')
    },
    stat(ino) {
      const { mode, nlink, uid, gid, rdev, size, blocks, atime, mtime, ctime } = get(ino)
      return { dev: DEVICE, ino, mode, nlink, uid, gid, rdev, size, blocks: blocks * (BLOCK / 512), atime, mtime, ctime }
    },
    read(ino, offset, length) {
      const file = regular(ino)
      checkRange(offset, length)
      if (length > 0) accessed(file)
      return readContent(file, offset, length)
    },
    write(ino, offset, bytes) {
      regular(ino)
      checkRange(offset, bytes.length)
      if (bytes.length === 0) return 0
      if (offset + bytes.length > LARGEST_FILE) throw new SystemError('EFBIG')
      const file = edit(ino)
      const before = file.blocks
      const taken = writeContent(file, offset, bytes, inodes.owner, capacityBlocks - inodes.blocks)
      if (taken === 0) throw new SystemError('ENOSPC')
      inodes.charge(file.blocks - before)
      modified(file, now())
      tell(ino)
      return taken
    },
    truncate(ino, size) {
      regular(ino)
      checkRange(size, 0)
      if (size > LARGEST_FILE) throw new SystemError('EFBIG')
      const file = edit(ino)
      const before = file.blocks
      resizeContent(file, size, inodes.owner)
      inodes.charge(file.blocks - before)
      modified(file, now())
      tell(ino)
    },
    create(parent, name, init) {
      checkNewName(parent, name)
      if (name === '.' || name === '..' || findEntry(get(parent), name) !== undefined) throw new SystemError('EEXIST')
      const target = isSymlink(init.mode) ? (init.target ?? '') : undefined
      if (target === '') throw new SystemError('ENOENT')
      const isDir = isDirectory(init.mode)
      const inode = newInode(init, { target, directoryIn: isDir ? parent : undefined }, now())
      if (inode.size >= BLOCK && target !== undefined) throw new SystemError('ENAMETOOLONG')
      if (inodes.count >= capacityInodes || inodes.blocks + inode.blocks > capacityBlocks) throw new SystemError('ENOSPC')
      const holder = edit(parent)
      if (isDir && holder.nlink >= LINK_MAX) throw new SystemError('EMLINK')
      const { key } = inodes.add(inode)
      putEntry(holder, name, key, inodes.owner)
      if (isDir) holder.nlink++
      modified(holder, inode.ctime)
      // Nothing is behind a new directory yet.
      if (target === undefined) tell(parent, nameMark(name))
      else tell(EVERYTHING, parent)
      return key
    },
    readlink(ino) {
      const link = get(ino)
      if (!isSymlink(link.mode)) throw new SystemError('EINVAL')
      accessed(link)
      return link.target
    },
    link(ino, parent, name) {
      const inode = get(ino)
      checkNewName(parent, name)
      if (name === '.' || name === '..' || findEntry(get(parent), name) !== undefined) throw new SystemError('EEXIST')
      if (isDirectory(inode.mode)) throw new SystemError('EPERM')
      if (inode.nlink === 0) throw new SystemError('ENOENT')
      if (inode.nlink >= LINK_MAX) throw new SystemError('EMLINK')
      const time = now()
      const holder = edit(parent)
      putEntry(holder, name, ino, inodes.owner)
      modified(holder, time)
      const linked = edit(ino)
      linked.nlink++
      changed(linked, time)
      tellEntry(linked, parent, nameMark(name), ino)
    },
    unlink(parent, name, cred) {
      if (name === '.' || name === '..' || name === '') throw new SystemError('EISDIR')
      const found = entry(parent, name)
      const victim = get(found.ino)
      checkRemoval(parent, victim, cred)
      if (isDirectory(victim.mode)) throw new SystemError('EISDIR')
      removeEntry(parent, name, found)
    },
    rmdir(parent, name, cred) {
      if (name === '') throw new SystemError('EBUSY')
      if (name === '.') throw new SystemError('EINVAL')
      if (name === '..') throw new SystemError('ENOTEMPTY')
      const found = entry(parent, name)
      const victim = get(found.ino)
      checkRemoval(parent, victim, cred)
      if (!isDirectory(victim.mode)) throw new SystemError('ENOTDIR')
      if (victim.count > 0) throw new SystemError('ENOTEMPTY')
      removeEntry(parent, name, found)
    },
    rename(fromParent, fromName, toParent, toName, cred) {
      for (const name of [fromName, toName]) if (name === '' || name === '.' || name === '..') throw new SystemError('EBUSY')
      const from = entry(fromParent, fromName)
      checkNewName(toParent, toName)
      const to = findEntry(get(toParent), toName)
      const moved = get(from.ino)
      const isDir = isDirectory(moved.mode)
      if (isDir && isWithin(toParent, from.ino)) throw new SystemError('EINVAL')
      if (to !== undefined && isWithin(fromParent, to.ino)) throw new SystemError('ENOTEMPTY')
      checkRemoval(fromParent, moved, cred)
      const replaced = to === undefined ? undefined : get(to.ino)
      if (replaced !== undefined) checkRemoval(toParent, replaced, cred)
      else if (cred !== undefined && !permits(get(toParent), 3, cred)) throw new SystemError('EACCES')
      // A directory's `..` changes with its parent, which is a write to it.
      if (isDir && cred !== undefined && fromParent !== toParent && !permits(moved, 2, cred)) throw new SystemError('EACCES')
      if (from.ino === to?.ino) return
      if (replaced !== undefined) {
        if (isDir && !isDirectory(replaced.mode)) throw new SystemError('ENOTDIR')
        if (!isDir && isDirectory(replaced.mode)) throw new SystemError('EISDIR')
        if (replaced.count > 0) throw new SystemError('ENOTEMPTY')
      }
      const time = now()
      const source = edit(fromParent)
      const destination = edit(toParent)
      if (isDir && replaced === undefined && fromParent !== toParent && destination.nlink >= LINK_MAX) throw new SystemError('EMLINK')
      dropEntry(source, fromName, inodes.owner)
      putEntry(destination, toName, from.ino, inodes.owner)
      if (isDir) {
        source.nlink--
        if (replaced === undefined) destination.nlink++
        edit(from.ino).parent = toParent
      }
      modified(source, time)
      modified(destination, time)
      changed(edit(from.ino), time)
      if (to !== undefined) dropLink(to.ino, time)
      const marks = [fromParent, nameMark(fromName), toParent, nameMark(toName), from.ino]
      if (replaced === undefined) tellEntry(moved, ...marks)
      else if (isRegular(moved.mode)) tellEntry(replaced, ...marks, replaced.key)
      else tell(EVERYTHING, ...marks, replaced.key)
    },
    readdir(ino) {
      const holder = directory(ino)
      accessed(holder)
      return listEntries(holder).map(({ name, ino }) => ({ name, ino, mode: get(ino).mode }))
    },
    parentOf: ino => directory(ino).parent,
    chmod(ino, permissions) {
      const inode = edit(ino)
      inode.mode = (inode.mode & S_IFMT) | (permissions & 0o7777)
      changed(inode, now())
      tellEntry(inode, ino)
    },
    chown(ino, uid, gid) {
      const inode = edit(ino)
      inode.uid = uid
      inode.gid = gid
      // As Linux does: a program doesn't keep its borrowed rights under a new owner.
      if (!isDirectory(inode.mode)) inode.mode &= inode.mode & 0o010 ? ~0o6000 : ~0o4000
      changed(inode, now())
      tellEntry(inode, ino)
    },
    utimes(ino, atime, mtime) {
      const inode = edit(ino)
      inode.atime = atime ?? inode.atime
      inode.mtime = mtime ?? inode.mtime
      changed(inode, now())
      tell(ino)
    },
    retain: inodes.retain,
    release: inodes.release,
    usage: () => ({ bytes: inodes.blocks * BLOCK, inodes: inodes.count, capacity: capacityBlocks * BLOCK }),
    checkpoint: () => inodes.picture() as unknown as Checkpoint,
    restore(checkpoint) {
      inodes.restore(checkpoint as unknown as InodesPicture)
      tell(REPLACED)
    },
  }
}

const checkRange = (offset: number, length: number) => {
  if (!(offset >= 0 && length >= 0)) throw new SystemError('EINVAL')
}
