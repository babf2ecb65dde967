/** A socket's open file description. */
import { again } from './block.ts'
import type { Kernel } from './kernel.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import type { Socket } from './socket.ts'
import { S_IFSOCK } from './stat.ts'
import { O_RDWR } from './system-calls.ts'
import { user } from './users.ts'
import type { WaitQueue } from './wait-queue.ts'

export type SocketFile = OpenFile & { readonly socket: Socket; readonly input: WaitQueue; readonly output: WaitQueue }

interface Parts {
  input: WaitQueue
  output: WaitQueue
  ready(): number
  available(): number
  close(): void
}

/** Sockets have a file system of their own. */
const device = 8

/** `flags`: O_NONBLOCK, or 0. */
export function createSocketFile(kernel: Kernel, socket: Socket, flags: number, parts: Parts): SocketFile {
  const ino = kernel.network.nextNumber()
  const time = kernel.now()
  return createOpenFile(`socket:[${ino}]`, O_RDWR | flags, {
    ...parts,
    socket,
    stat: () => ({
      dev: device, ino, mode: S_IFSOCK | 0o777, nlink: 1, ...user, rdev: 0, size: 0, blocks: 0, atime: time, mtime: time, ctime: time,
    }),
    read(length) {
      const received = socket.receive(length, false)
      return received === again ? again : received.bytes
    },
    write: (bytes, by) => socket.send(bytes, by),
  }) as SocketFile
}
