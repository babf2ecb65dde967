/**
 * The interface of a file system: inodes and directories, no file descriptors and no processes.
 * State is a value: `checkpoint` costs O(1), shares everything with the live tree, and `restore` is as cheap.
 * All calls are synchronous and throw `SystemError`. Paths are absolute or relative to `cwd`; permission bits are checked
 * against `cred` in `resolve` (search permission on every directory); callers check the last component with `access`.
 */
import type { Credentials, Stat } from './stat.ts'

export type Ino = number

export interface Resolved {
  /** Directory that holds (or would hold) the last component. */
  parent: Ino
  /** Last component's name in `parent`, after following symlinks; '' for the root. */
  name: string
  /** The inode, or undefined where the last component does not exist. */
  ino: Ino | undefined
  /** Absolute, symlink-free path of the result. */
  path: string
  /** True where the given path ended in a slash (or in /. ), so it must be a directory. */
  mustBeDirectory: boolean
}

export interface ResolveOptions {
  cwd?: string
  /** Follow a symlink in the last component. Default true. One before a trailing slash is followed anyway (POSIX.1-2024 4.16). */
  follow?: boolean
  /** For calls that take a name away (unlink, rmdir, rename): a last symlink is not followed, and a slash after it is ENOTDIR (Linux). */
  takesName?: boolean
  cred?: Credentials
}

export interface DirectoryEntry {
  name: string
  ino: Ino
  mode: number
}

declare const checkpoint: unique symbol
/** An immutable picture of a whole tree. Opaque. */
export interface Checkpoint {
  readonly [checkpoint]: true
}

/** Files that any file system has room for, however few bytes it has. */
export const LEAST_INODES = 65536

export interface FileSystem {
  readonly root: Ino
  /** Grows by at least one with every change of the tree, its contents or its metadata (not with reads). */
  readonly generation: number
  resolve(path: string, options?: ResolveOptions): Resolved
  /** Throws EACCES unless `cred` has all of `mask` (4 read, 2 write, 1 execute) on the inode. uid 0 passes as Linux lets it. */
  access(ino: Ino, mask: number, cred: Credentials): void
  stat(ino: Ino): Stat
  read(ino: Ino, offset: number, length: number): Uint8Array
  write(ino: Ino, offset: number, bytes: Uint8Array): number
  truncate(ino: Ino, size: number): void
  /** `mode` carries the file type and the permission bits. `target` is a symlink's text, `rdev` a device's number. */
  create(parent: Ino, name: string, init: { mode: number; uid: number; gid: number; target?: string; rdev?: number }): Ino
  readlink(ino: Ino): string
  link(ino: Ino, parent: Ino, name: string): void
  /** With `cred` these three check what taking a name away needs: EACCES without write and search permission, EPERM by the sticky bit. */
  unlink(parent: Ino, name: string, cred?: Credentials): void
  rmdir(parent: Ino, name: string, cred?: Credentials): void
  rename(fromParent: Ino, fromName: string, toParent: Ino, toName: string, cred?: Credentials): void
  /** Entries without . and .., in creation order (as a directory is on disk: unsorted). */
  readdir(ino: Ino): DirectoryEntry[]
  parentOf(directory: Ino): Ino
  chmod(ino: Ino, permissions: number): void
  chown(ino: Ino, uid: number, gid: number): void
  /** Milliseconds since the epoch; undefined leaves a time alone. */
  utimes(ino: Ino, atime: number | undefined, mtime: number | undefined): void
  /** An open file keeps its inode (and bytes) after the last unlink: one retain per open description, one release per last close. */
  retain(ino: Ino): void
  release(ino: Ino): void
  /** Bytes in use and inodes, for df and for limits; at least LEAST_INODES are possible. */
  usage(): { bytes: number; inodes: number; capacity: number }
  checkpoint(): Checkpoint
  restore(checkpoint: Checkpoint): void
}
