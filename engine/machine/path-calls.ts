/** System calls on paths. */
import type { Ino, Resolved } from './file-system.ts'
import type { Kernel } from './kernel.ts'
import { locate, type Located } from './locate.ts'
import { pathError } from './path-error.ts'
import { procIno, procMode, statProc } from './proc-open.ts'
import type { ProcNode } from './proc-files.ts'
import { isDirectory, isRegular, S_IFDIR, S_IFIFO, S_IFLNK, type Stat } from './stat.ts'
import type { SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

type PathCalls = Pick<
  SystemCalls,
  | 'stat' | 'lstat' | 'fstat' | 'access' | 'mkdir' | 'rmdir' | 'unlink' | 'rename' | 'link' | 'symlink' | 'readlink' | 'realpath' | 'mkfifo'
  | 'chmod' | 'fchmod' | 'chown' | 'utimes' | 'futimes' | 'truncate' | 'readdir' | 'freaddir' | 'readdirStats' | 'readFiles' | 'chdir' | 'fchdir' | 'getcwd' | 'umask' | 'statfs'
>
type Existing = Resolved & { ino: Ino }

const permissionBits = 0o7777

export function pathCalls(kernel: Kernel, task: Task): PathCalls {
  const { fs } = kernel
  const { cred } = task

  /** What the path names, which must be there. */
  const find = (path: string, follow: boolean): Exclude<Located, { kind: 'tree' }> | ({ kind: 'tree' } & Existing) => {
    const found = locate(kernel, task, path, { follow })
    if (found.kind === 'proc') return found
    if (found.ino === undefined) throw new SystemError('ENOENT')
    return { ...found, ino: found.ino }
  }
  /** The same, of what can be changed: /proc cannot. */
  const findChangeable = (path: string, follow: boolean): Existing => {
    const found = find(path, follow)
    if (found.kind === 'proc') throw new SystemError('EPERM')
    return found
  }
  /**
   * An entry of a directory, to be made or taken away: its last component is no way to elsewhere (Linux's LOOKUP_PARENT).
   * `.` and `..` keep their names: they are refused by them, not for what they lead to.
   */
  const findEntry = (path: string, takesName: boolean): Resolved => {
    const found = locate(kernel, task, path, { follow: false, takesName })
    if (found.kind === 'proc') throw new SystemError('EPERM')
    const last = /[^/]*(?=\/*$)/.exec(path)![0]
    return last === '.' || last === '..' ? { ...found, name: last } : found
  }
  const findTaken = (path: string): Existing => {
    const found = findEntry(path, true)
    if (found.ino === undefined) throw new SystemError('ENOENT')
    return { ...found, ino: found.ino }
  }
  /** Where something new is to be made. Slashes behind a name that is there don't matter: it is taken (EEXIST), whatever it leads to. */
  const findFree = (path: string, directory = false): Resolved => {
    const bare = path.replace(/(?<=[^/])\/+$/, '')
    const found = findEntry(bare, false)
    if (found.ino !== undefined) throw new SystemError('EEXIST')
    if (bare !== path && !directory) throw new SystemError('ENOENT')
    fs.access(found.parent, 3, cred)
    return found
  }
  const make = (path: string, init: { mode: number; target?: string }) => {
    const { parent, name } = findFree(path, init.mode >> 12 === S_IFDIR >> 12)
    fs.create(parent, name, { ...init, ...cred })
  }
  const ownedIno = (ino: Ino): Ino => {
    if (cred.uid !== 0 && fs.stat(ino).uid !== cred.uid) throw new SystemError('EPERM')
    return ino
  }
  const descriptorIno = (fd: number): Ino => {
    const { ino } = task.descriptors.get(fd).file
    if (ino === undefined) throw new SystemError('EINVAL')
    return ino
  }
  const stat = (path: string, follow: boolean): Stat => {
    const found = find(path, follow)
    return found.kind === 'proc' ? statProc(kernel, found.node, found.path, follow) : fs.stat(found.ino)
  }
  const setTimes = (ino: Ino, atime: number | null | undefined, mtime: number | null | undefined) => {
    // Setting times to now needs no more than the right to write.
    if (atime === null && mtime === null && fs.stat(ino).uid !== cred.uid) fs.access(ino, 2, cred)
    else ownedIno(ino)
    const now = kernel.now()
    fs.utimes(ino, atime === null ? now : atime, mtime === null ? now : mtime)
  }
  const listProc = (node: ProcNode, path: string) => {
    if (node.type !== 'directory') throw new SystemError('ENOTDIR')
    return node.names().flatMap((name) => {
      const child = node.child(name)
      return child ? [{ name, ino: procIno(`${path}/${name}`), mode: procMode(child) }] : []
    })
  }
  const list = (found: ReturnType<typeof find>) => {
    if (found.kind === 'proc') return listProc(found.node, found.path)
    fs.access(found.ino, 4, cred)
    return fs.readdir(found.ino)
  }
  const mayRead = (ino: Ino): boolean => {
    try {
      fs.access(ino, 4, cred)
      return true
    } catch (error) {
      if (error instanceof SystemError) return false
      throw error
    }
  }
  const chdir = (ino: Ino, path: string) => {
    if (!isDirectory(fs.stat(ino).mode)) throw new SystemError('ENOTDIR')
    fs.access(ino, 1, cred)
    task.cwd.set(ino, path)
  }

  return {
    stat: (path) => pathError(path, () => stat(path, true)),
    lstat: (path) => pathError(path, () => stat(path, false)),
    fstat: (fd) => task.descriptors.get(fd).file.stat(),
    access: (path, mask) =>
      pathError(path, () => {
        const found = find(path, true)
        if (found.kind === 'tree') fs.access(found.ino, mask, cred)
        else if (mask & 2) throw new SystemError('EACCES')
      }),
    mkdir: (path, mode = 0o777) => pathError(path, () => make(path, { mode: S_IFDIR | (mode & permissionBits & ~task.umask) })),
    rmdir: (path) =>
      pathError(path, () => {
        const { parent, name } = findTaken(path)
        fs.rmdir(parent, name, cred)
      }),
    unlink: (path) =>
      pathError(path, () => {
        const { parent, name } = findTaken(path)
        fs.unlink(parent, name, cred)
      }),
    rename: (from, to) =>
      pathError(
        from,
        () => {
          const source = findTaken(from)
          const destination = findEntry(to, true)
          if (destination.mustBeDirectory && !isDirectory(fs.stat(source.ino).mode)) throw new SystemError('ENOTDIR')
          fs.rename(source.parent, source.name, destination.parent, destination.name, cred)
        },
        to,
      ),
    link: (from, to) =>
      pathError(
        from,
        () => {
          const source = findChangeable(from, false)
          if (isDirectory(fs.stat(source.ino).mode)) throw new SystemError('EPERM')
          const { parent, name } = findFree(to)
          fs.link(source.ino, parent, name)
        },
        to,
      ),
    symlink: (target, path) => pathError(target, () => make(path, { mode: S_IFLNK | 0o777, target }), path),
    readlink: (path) =>
      pathError(path, () => {
        const found = find(path, false)
        if (found.kind === 'tree') return fs.readlink(found.ino)
        if (found.node.type !== 'link') throw new SystemError('EINVAL')
        return found.node.target()
      }),
    realpath: (path) => pathError(path, () => find(path, true).path),
    mkfifo: (path, mode = 0o666) => pathError(path, () => make(path, { mode: S_IFIFO | (mode & permissionBits & ~task.umask) })),
    chmod: (path, mode) => pathError(path, () => fs.chmod(ownedIno(findChangeable(path, true).ino), mode & permissionBits)),
    fchmod: (fd, mode) => fs.chmod(ownedIno(descriptorIno(fd)), mode & permissionBits),
    chown: (path, uid, gid, follow = true) =>
      pathError(path, () => {
        const { ino } = findChangeable(path, follow)
        if (uid === -1 && gid === -1) return
        const { uid: oldUid, gid: oldGid } = fs.stat(ino)
        // -1 leaves one alone. An owner may give a file to his own group only.
        const next = { uid: uid === -1 ? oldUid : uid, gid: gid === -1 ? oldGid : gid }
        const allowed = cred.uid === 0 || (oldUid === cred.uid && next.uid === oldUid && (next.gid === oldGid || next.gid === cred.gid))
        if (!allowed) throw new SystemError('EPERM')
        fs.chown(ino, next.uid, next.gid)
      }),
    utimes: (path, atime, mtime, follow = true) => pathError(path, () => setTimes(findChangeable(path, follow).ino, atime, mtime)),
    futimes: (fd, atime, mtime) => setTimes(descriptorIno(fd), atime, mtime),
    truncate: (path, size) =>
      pathError(path, () => {
        const { ino } = findChangeable(path, true)
        if (isDirectory(fs.stat(ino).mode)) throw new SystemError('EISDIR')
        fs.access(ino, 2, cred)
        fs.truncate(ino, size)
      }),
    readdir: (path) => pathError(path, () => list(find(path, true))),
    freaddir(fd) {
      const { ino, path } = task.descriptors.get(fd).file
      if (ino !== undefined) return fs.readdir(ino)
      const found = locate(kernel, task, path)
      if (found.kind === 'tree') throw new SystemError('ENOTDIR')
      return listProc(found.node, found.path)
    },
    readdirStats: (path) =>
      pathError(path, () => {
        const found = find(path, true)
        const entries = list(found)
        // Of the root's entries one is another file system.
        if (found.kind === 'proc' || found.path === '/') return entries.map(({ name }) => stat(`${found.path}/${name}`, false))
        fs.access(found.ino, 1, cred)
        return entries.map(({ ino }) => fs.stat(ino))
      }),
    readFiles: (directory, names, most) =>
      pathError(directory, () => {
        const found = find(directory, true)
        if (found.kind === 'proc') return []
        const entries = list(found)
        fs.access(found.ino, 1, cred)
        const wanted = new Set(names)
        let room = most
        return entries.flatMap(({ name, ino, mode }) => {
          if (!wanted.has(name) || !isRegular(mode)) return []
          const stat = fs.stat(ino)
          if (stat.size > room || !mayRead(ino)) return []
          room -= stat.size
          return [{ name, stat, bytes: fs.read(ino, 0, stat.size) }]
        })
      }),
    chdir: (path) =>
      pathError(path, () => {
        const found = findChangeable(path, true)
        chdir(found.ino, found.path)
      }),
    fchdir(fd) {
      const { path } = task.descriptors.get(fd).file
      chdir(descriptorIno(fd), path)
    },
    getcwd: () => task.cwd.path(),
    umask(mask) {
      const old = task.umask
      if (mask !== undefined) task.umask = mask & 0o777
      return old
    },
    statfs: (path) =>
      pathError(path, () => {
        find(path, true)
        return fs.usage()
      }),
  }
}
