/** The names of Unix sockets: files of the tree, or abstract names that only the kernel knows (unix(7)). */
import type { Kernel } from './kernel.ts'
import { locate } from './locate.ts'
import type { Socket } from './socket.ts'
import { S_IFMT, S_IFSOCK } from './stat.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

const isAbstract = (path: string) => path.startsWith('\0')

/** Returns what makes the name unknown again (a file stays). Throws EADDRINUSE. */
export function nameSocket(kernel: Kernel, task: Task, path: string, socket: Socket): () => void {
  const { unixSockets } = kernel.network
  const hold = (key: string | number) => {
    unixSockets.set(key, socket)
    return () => void unixSockets.delete(key)
  }
  if (isAbstract(path)) {
    if (unixSockets.has(path)) throw new SystemError('EADDRINUSE')
    return hold(path)
  }
  const found = locate(kernel, task, path, { follow: false })
  if (found.kind === 'proc') throw new SystemError('EPERM')
  if (found.ino !== undefined) throw new SystemError('EADDRINUSE')
  kernel.fs.access(found.parent, 3, task.cred)
  return hold(kernel.fs.create(found.parent, found.name, { mode: S_IFSOCK | (0o777 & ~task.umask), ...task.cred }))
}

/** Throws ENOENT, EACCES, and ECONNREFUSED where no socket has this name. */
export function findNamed(kernel: Kernel, task: Task, path: string): Socket {
  const { unixSockets } = kernel.network
  if (isAbstract(path)) {
    const socket = unixSockets.get(path)
    if (!socket) throw new SystemError('ECONNREFUSED')
    return socket
  }
  const found = locate(kernel, task, path)
  if (found.kind === 'proc') throw new SystemError('ECONNREFUSED')
  if (found.ino === undefined) throw new SystemError('ENOENT')
  kernel.fs.access(found.ino, 2, task.cred)
  const socket = (kernel.fs.stat(found.ino).mode & S_IFMT) === S_IFSOCK ? unixSockets.get(found.ino) : undefined
  if (!socket) throw new SystemError('ECONNREFUSED')
  return socket
}
