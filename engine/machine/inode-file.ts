/** Open regular files and directories of the tree. */
import type { Ino } from './file-system.ts'
import type { Kernel } from './kernel.ts'
import { createOpenFile, type OpenFile, type Positioned } from './open-file.ts'
import { isDirectory } from './stat.ts'
import { O_APPEND, POLLIN, POLLOUT } from './system-calls.ts'
import { SystemError } from './system-error.ts'

/** The inode stays while it is open, even without a name. */
export function openInode(kernel: Kernel, ino: Ino, path: string, flags: number): OpenFile {
  const { fs, locks } = kernel
  fs.retain(ino)
  const directory = isDirectory(fs.stat(ino).mode)
  const refuse = () => {
    if (directory) throw new SystemError('EISDIR')
  }
  const positioned: Positioned = {
    position: 0,
    size: () => fs.stat(ino).size,
    readAt(length, offset) {
      refuse()
      return fs.read(ino, offset, length)
    },
    writeAt(bytes, offset) {
      refuse()
      return fs.write(ino, offset, bytes)
    },
  }
  const file = createOpenFile(path, flags, {
    ino,
    positioned,
    stat: () => fs.stat(ino),
    read(length) {
      const bytes = positioned.readAt(length, positioned.position)
      positioned.position += bytes.length
      return bytes
    },
    write(bytes) {
      if (file.flags & O_APPEND) positioned.position = positioned.size()
      const taken = positioned.writeAt(bytes, positioned.position)
      positioned.position += taken
      return taken
    },
    reopen: (nextFlags) => openInode(kernel, ino, path, nextFlags),
    ready: () => POLLIN | POLLOUT,
    available: () => Math.max(0, positioned.size() - positioned.position),
    close() {
      locks.release(ino, file)
      fs.release(ino)
    },
  })
  return file
}
