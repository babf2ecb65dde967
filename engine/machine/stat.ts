/** File types and permission bits of `st_mode` (POSIX <sys/stat.h>, Linux values). */
export const S_IFMT = 0o170000
export const S_IFSOCK = 0o140000
export const S_IFLNK = 0o120000
export const S_IFREG = 0o100000
export const S_IFBLK = 0o060000
export const S_IFDIR = 0o040000
export const S_IFCHR = 0o020000
export const S_IFIFO = 0o010000

export const isDirectory = (mode: number) => (mode & S_IFMT) === S_IFDIR
export const isRegular = (mode: number) => (mode & S_IFMT) === S_IFREG
export const isSymlink = (mode: number) => (mode & S_IFMT) === S_IFLNK

/** What `stat(2)` answers. Times are milliseconds since the epoch (fractions allowed), sizes are bytes. */
export interface Stat {
  dev: number
  ino: number
  mode: number
  nlink: number
  uid: number
  gid: number
  rdev: number
  size: number
  blocks: number
  atime: number
  mtime: number
  ctime: number
}

export interface Credentials {
  uid: number
  gid: number
}
