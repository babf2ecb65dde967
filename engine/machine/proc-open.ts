/** Opening and describing nodes of /proc. */
import type { Kernel } from './kernel.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import type { ProcNode } from './proc-files.ts'
import { S_IFDIR, S_IFLNK, S_IFREG, type Stat } from './stat.ts'
import { O_ACCMODE, O_RDONLY, POLLIN } from './system-calls.ts'
import { SystemError } from './system-error.ts'

/** /proc is a file system of its own. */
const device = 5

/** Of a link to an open file, `follow` describes the file. */
export function statProc(kernel: Kernel, node: ProcNode, path: string, follow: boolean): Stat {
  if (follow && node.type === 'link' && node.file) return node.file.stat()
  const time = kernel.now()
  return {
    dev: device, ino: procIno(path), mode: procMode(node), nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0,
    atime: time, mtime: time, ctime: time,
  }
}

export const procMode = (node: ProcNode): number =>
  node.type === 'directory' ? S_IFDIR | 0o555 : node.type === 'link' ? S_IFLNK | 0o777 : S_IFREG | node.mode

/** Inode numbers are made from the path: the same for the same file. */
export const procIno = (path: string): number => [...path].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) >>> 0, 7) + 2 ** 32

/** Its text is the one of this moment. Throws EACCES for writing. */
export function openProc(kernel: Kernel, node: ProcNode, path: string, flags: number): OpenFile {
  if (node.type === 'link') {
    if (!node.file) throw new SystemError('ELOOP')
    if (!node.file.reopen) throw new SystemError('ENXIO')
    return node.file.reopen(flags)
  }
  if ((flags & O_ACCMODE) !== O_RDONLY) throw new SystemError(node.type === 'directory' ? 'EISDIR' : 'EACCES')
  const bytes = node.type === 'file' ? new TextEncoder().encode(node.text()) : undefined
  const readAt = (length: number, offset: number) => {
    if (!bytes) throw new SystemError('EISDIR')
    return bytes.slice(offset, offset + length)
  }
  const file = createOpenFile(path, flags, {
    stat: () => statProc(kernel, node, path, false),
    positioned: {
      position: 0,
      size: () => bytes?.length ?? 0,
      readAt,
      writeAt() {
        throw new SystemError('EBADF')
      },
    },
    read(length) {
      const part = readAt(length, file.positioned!.position)
      file.positioned!.position += part.length
      return part
    },
    reopen: (nextFlags) => openProc(kernel, node, path, nextFlags),
    ready: () => POLLIN,
    close() {},
  })
  return file
}
