/**
 * The real file system of a Linux box behind the machine's interface: a directory of it, which only tests use, to check what the
 * contract claims. Inodes are held by O_PATH descriptors, so a number keeps its meaning after a rename or an unlink.
 * Without: credentials (the tests run as one user), devices, usage, checkpoints, a generation.
 */
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import type { FileSystem, Ino, Resolved, ResolveOptions } from '../../engine/machine/file-system.ts'
import type { ErrnoName } from '../../engine/machine/errno.ts'
import { isDirectory, isSymlink, S_IFDIR, S_IFLNK, S_IFMT } from '../../engine/machine/stat.ts'
import { SystemError } from '../../engine/machine/system-error.ts'

const O_PATH = 0o10000000

const unsupported = (): never => {
  throw new SystemError('ENOSYS')
}

/** Gives every failing call of Node's the shape of the machine's. */
const translate = <T extends object>(calls: T): T => {
  const entries = Object.entries(Object.getOwnPropertyDescriptors(calls)).map(([name, property]) => {
    const call: unknown = property.value
    if (typeof call !== 'function') return [name, property]
    const value = (...values: unknown[]) => {
      try {
        return call(...values)
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code
        throw code === undefined || error instanceof SystemError ? error : new SystemError(code as ErrnoName)
      }
    }
    return [name, { ...property, value }]
  })
  return Object.defineProperties({}, Object.fromEntries(entries)) as T
}

export const createRealFileSystem = (directory: string): FileSystem & { close(): void } => {
  const held = new Map<Ino, number>()
  /** Opens the file itself, a symlink included, and says its number. */
  const hold = (path: string): Ino => {
    const fd = fs.openSync(path, O_PATH | fs.constants.O_NOFOLLOW)
    const { ino } = fs.fstatSync(fd)
    if (held.has(ino)) fs.closeSync(fd)
    else held.set(ino, fd)
    return ino
  }
  const top = fs.realpathSync(directory)
  const root = hold(top)
  const at = (ino: Ino) => `/proc/self/fd/${held.get(ino)!}`
  const child = (parent: Ino, name: string) => `${at(parent)}/${name}`
  /** A path by which the inode has a name now. */
  const pathOf = (ino: Ino, below = top): string | undefined => {
    for (const entry of fs.readdirSync(below, { withFileTypes: true })) {
      const path = join(below, entry.name)
      if (fs.lstatSync(path).ino === ino) return path
      const deeper = entry.isDirectory() ? pathOf(ino, path) : undefined
      if (deeper !== undefined) return deeper
    }
    return undefined
  }
  const named = (ino: Ino): string => {
    const path = pathOf(ino)
    if (path === undefined) throw new SystemError('ENOENT')
    return path
  }
  const withOpen = <T>(ino: Ino, flags: number, use: (fd: number) => T): T => {
    const fd = fs.openSync(at(ino), flags)
    try {
      return use(fd)
    } finally {
      fs.closeSync(fd)
    }
  }

  /** The kernel walks the path; what is done here is only to find out where a missing last component would be. */
  const resolve = (path: string, { cwd = '/', follow = true, takesName = false }: ResolveOptions = {}): Resolved => {
    if (path === '') throw new SystemError('ENOENT')
    const full = `${top}${path.startsWith('/') ? '' : `${cwd}/`}${path}`
    const mustBeDirectory = /(^|\/)(\.\.?)?\/*$/.test(path)
    const place = (real: string, ino: Ino | undefined): Resolved => {
      const parent = real === top ? top : dirname(real)
      const name = real === top ? '' : real.slice(parent.length + 1)
      return { parent: hold(parent), name, ino, path: real.slice(top.length) || '/', mustBeDirectory }
    }
    // What rmdir says of it.
    if (takesName && mustBeDirectory && fs.lstatSync(full.replace(/\/+$/, '')).isSymbolicLink()) fs.rmdirSync(full)
    try {
      const isFollowed = (follow && !takesName) || mustBeDirectory
      const { mode } = isFollowed ? fs.statSync(full) : fs.lstatSync(full)
      const real = isSymlink(mode) ? join(fs.realpathSync(dirname(full)), full.slice(dirname(full).length + 1)) : fs.realpathSync(full)
      return place(real, hold(real))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      const plain = full.replace(/\/+$/, '')
      const parent = fs.realpathSync(dirname(plain))
      const name = plain.slice(dirname(plain).length + 1)
      const target = fs.readdirSync(parent).includes(name) ? fs.readlinkSync(join(parent, name)) : undefined
      if (target === undefined) return place(join(parent, name), undefined)
      return resolve(target + full.slice(plain.length), { cwd: parent.slice(top.length) || '/' })
    }
  }

  return translate<FileSystem & { close(): void }>({
    root,
    generation: 0,
    resolve,
    stat(ino) {
      const { dev, mode, nlink, uid, gid, rdev, size, blocks, atimeMs, mtimeMs, ctimeMs } = fs.fstatSync(held.get(ino)!)
      return { dev, ino, mode, nlink, uid, gid, rdev, size, blocks, atime: Math.round(atimeMs), mtime: Math.round(mtimeMs), ctime: ctimeMs }
    },
    read: (ino, offset, length) =>
      withOpen(ino, fs.constants.O_RDONLY, fd => {
        const bytes = new Uint8Array(length)
        return bytes.slice(0, fs.readSync(fd, bytes, 0, length, offset))
      }),
    write: (ino, offset, bytes) => withOpen(ino, fs.constants.O_WRONLY, fd => fs.writeSync(fd, bytes, 0, bytes.length, offset)),
    truncate: (ino, size) => withOpen(ino, fs.constants.O_WRONLY, fd => fs.ftruncateSync(fd, size)),
    create(parent, name, { mode, target }) {
      const path = child(parent, name)
      const type = mode & S_IFMT
      if (type === S_IFLNK) fs.symlinkSync(target ?? '', path)
      else if (type === S_IFDIR) fs.mkdirSync(path)
      else fs.closeSync(fs.openSync(path, 'wx'))
      if (type !== S_IFLNK) fs.chmodSync(path, mode & 0o7777)
      return hold(path)
    },
    readlink: ino => fs.readlinkSync(named(ino)),
    link: (ino, parent, name) => fs.linkSync(named(ino), child(parent, name)),
    unlink: (parent, name) => fs.unlinkSync(child(parent, name)),
    rmdir: (parent, name) => fs.rmdirSync(child(parent, name)),
    rename: (fromParent, fromName, toParent, toName) => fs.renameSync(child(fromParent, fromName), child(toParent, toName)),
    readdir: ino =>
      fs.readdirSync(at(ino)).map(name => {
        const path = child(ino, name)
        return { name, ino: hold(path), mode: fs.lstatSync(path).mode }
      }),
    parentOf(ino) {
      if (!isDirectory(fs.fstatSync(held.get(ino)!).mode)) throw new SystemError('ENOTDIR')
      return ino === root ? root : hold(`${at(ino)}/..`)
    },
    chmod: (ino, permissions) => fs.chmodSync(at(ino), permissions),
    utimes(ino, atime, mtime) {
      const now = fs.fstatSync(held.get(ino)!)
      fs.utimesSync(at(ino), (atime ?? now.atimeMs) / 1000, (mtime ?? now.mtimeMs) / 1000)
    },
    // The descriptors hold every inode already.
    retain: () => undefined,
    release: () => undefined,
    access: unsupported,
    chown: unsupported,
    usage: unsupported,
    checkpoint: unsupported,
    restore: unsupported,
    close() {
      for (const fd of held.values()) fs.closeSync(fd)
    },
  })
}
