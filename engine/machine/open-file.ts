/**
 * An open file description (POSIX 3.243): what `open` and `pipe` make, and `dup` and `spawn` share. Its kinds are in the files
 * beside this one: inodes, pipes, terminals, sockets, devices, /proc. Nothing here waits: a read or write that must answers `again`.
 */
import type { Again } from './block.ts'
import type { Ino } from './file-system.ts'
import type { Socket } from './socket.ts'
import type { Stat } from './stat.ts'
import type { Task } from './task.ts'
import type { Tty } from './tty.ts'
import type { WaitQueue } from './wait-queue.ts'

export interface OpenFile {
  /** What /proc/<pid>/fd shows. */
  readonly path: string
  /** Access mode and status flags. */
  flags: number
  /** How many descriptors share it. */
  references: number
  /** Of a file or directory in the tree. */
  readonly ino?: Ino
  readonly tty?: Tty
  readonly socket?: Socket
  stat(): Stat
  /** An empty array is end of file. */
  read?(length: number, by: Task): Uint8Array | Again
  /** How many bytes were taken, at least one. */
  write?(bytes: Uint8Array, by: Task): number | Again
  /** For files that have positions; without it they cannot seek (ESPIPE). */
  readonly positioned?: Positioned
  /** Opens the same thing anew, as opening /proc/self/fd/N does. */
  reopen?(flags: number): OpenFile
  /** POLLIN, POLLOUT, POLLERR, POLLHUP as they are now. */
  ready(by: Task): number
  /** Where to wait for input or room; none where it is always there. */
  readonly input?: WaitQueue
  readonly output?: WaitQueue
  /** A time limit on reads (termios VTIME), in milliseconds: then the read answers nothing. */
  readLimit?(): number | undefined
  /** FIONREAD. */
  available?(): number
  /** Of a pipe, in bytes: F_GETPIPE_SZ, and with `size` F_SETPIPE_SZ. */
  capacity?(size?: number): number
  /** The last descriptor is gone. */
  close(): void
}

export interface Positioned {
  position: number
  /** A device that looks the same everywhere: seeking succeeds and stays at 0 (Linux's null_lseek). */
  readonly endless?: true
  size(): number
  readAt(length: number, offset: number): Uint8Array
  writeAt(bytes: Uint8Array, offset: number): number
}

/** How a description's kind and its own part are put together: one that nobody refers to yet. `kind` becomes it. */
export function createOpenFile(path: string, flags: number, kind: Omit<OpenFile, 'path' | 'flags' | 'references'>): OpenFile {
  // Not spread: kinds have getters.
  return Object.assign(kind, { path, flags, references: 0 })
}
