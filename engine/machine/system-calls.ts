/**
 * The system-call protocol: what any process, a TypeScript command or a Python worker, may ask of the kernel.
 * A call that can answer at once returns its value; one that must wait returns a promise. Failures throw (or reject with)
 * `SystemError`. A signal that is to be handled by the process interrupts a waiting call with EINTR (POSIX sigaction without SA_RESTART).
 * Semantics are POSIX.1-2024's unless a comment says otherwise; numbers (flags, modes, signals) are Linux x86-64's.
 */
import type { SocketAddress } from './socket-address.ts'
import type { Stat } from './stat.ts'

export type Result<T> = T | Promise<T>

export const O_RDONLY = 0
export const O_WRONLY = 1
export const O_RDWR = 2
export const O_ACCMODE = 3
export const O_CREAT = 0o100
export const O_EXCL = 0o200
export const O_TRUNC = 0o1000
export const O_APPEND = 0o2000
export const O_NONBLOCK = 0o4000
export const O_DIRECTORY = 0o200000
export const O_NOFOLLOW = 0o400000
export const O_CLOEXEC = 0o2000000

export const SEEK_SET = 0
export const SEEK_CUR = 1
export const SEEK_END = 2

export const WNOHANG = 1
export const WUNTRACED = 2
export const WCONTINUED = 8

export const POLLIN = 1
export const POLLOUT = 4
export const POLLERR = 8
export const POLLHUP = 16
export const POLLNVAL = 32
export const POLLRDHUP = 0x2000

/** Terminal attributes: the bits of `struct termios` (Linux numbers) and the control characters (`VINTR` ... indexes as in asm-generic/termbits.h). */
export interface Termios {
  iflag: number
  oflag: number
  cflag: number
  lflag: number
  cc: number[]
}
export interface WindowSize {
  rows: number
  columns: number
}

/** A range of a file's bytes as `struct flock` says it: `whence` is where `start` counts from, `length` 0 means up to the end, wherever that is. */
export interface LockRange {
  kind: 'read' | 'write' | 'unlock'
  whence: number
  start: number
  length: number
}

export interface SpawnRequest {
  /** Path of the executable: looked up as given (no PATH search: that is the caller's, as with posix_spawn). */
  path: string
  argv: string[]
  env: Record<string, string>
  /** Default: the caller's. */
  cwd?: string
  /** Child's descriptor -> caller's descriptor. Default: every descriptor without FD_CLOEXEC, unchanged. */
  fds?: Record<number, number>
  /** 0 makes the child the leader of a new process group (its own pid); a number joins that group. Default: the caller's group. */
  pgid?: number
  /** Make the child's group the foreground group of this terminal descriptor of the caller, before the child runs (no race with tcsetpgrp). */
  foreground?: number
  /** Start a new session (setsid). */
  newSession?: boolean
  /**
   * Exactly these signals are ignored in the child ([] for none: what a shell that itself ignores SIGTSTP wants).
   * Default: those that the caller ignores (POSIX exec). All others start with their default action. What the caller blocks is blocked.
   */
  ignore?: number[]
  umask?: number
}

/** A child's change of state, as `waitpid` reports it. */
export type WaitStatus =
  | { pid: number; kind: 'exited'; status: number }
  | { pid: number; kind: 'signaled'; signal: number }
  | { pid: number; kind: 'stopped'; signal: number }
  | { pid: number; kind: 'continued' }

export interface SystemCalls {
  // Files. Text paths are UTF-8 names; relative to the process's working directory.
  open(path: string, flags: number, mode?: number): Result<number>
  close(fd: number): Result<void>
  /** Up to `length` bytes; an empty array is end of file. */
  read(fd: number, length: number): Result<Uint8Array>
  /** How many bytes were taken: all of them on a blocking descriptor. Raises SIGPIPE and fails with EPIPE when nobody reads. */
  write(fd: number, bytes: Uint8Array): Result<number>
  pread(fd: number, length: number, offset: number): Result<Uint8Array>
  pwrite(fd: number, bytes: Uint8Array, offset: number): Result<number>
  lseek(fd: number, offset: number, whence: number): Result<number>
  dup(fd: number, atLeast?: number, closeOnExec?: boolean): Result<number>
  dup2(fd: number, to: number, closeOnExec?: boolean): Result<number>
  pipe(flags?: number): Result<[readEnd: number, writeEnd: number]>
  /** A pipe's capacity in bytes (F_GETPIPE_SZ), after a change to at least `size` (F_SETPIPE_SZ). EBADF where it is no pipe, EBUSY where more is in it. */
  pipeSize(fd: number, size?: number): Result<number>
  getFlags(fd: number): Result<{ status: number; closeOnExec: boolean }>
  setFlags(fd: number, flags: { status?: number; closeOnExec?: boolean }): Result<void>
  stat(path: string): Result<Stat>
  lstat(path: string): Result<Stat>
  fstat(fd: number): Result<Stat>
  /** mask: 4 read, 2 write, 1 execute, 0 existence. */
  access(path: string, mask: number): Result<void>
  mkdir(path: string, mode?: number): Result<void>
  rmdir(path: string): Result<void>
  unlink(path: string): Result<void>
  rename(from: string, to: string): Result<void>
  link(from: string, to: string): Result<void>
  symlink(target: string, path: string): Result<void>
  readlink(path: string): Result<string>
  /** Absolute path without symlinks (realpath(3)); the last component must exist. */
  realpath(path: string): Result<string>
  mkfifo(path: string, mode?: number): Result<void>
  chmod(path: string, mode: number): Result<void>
  fchmod(fd: number, mode: number): Result<void>
  chown(path: string, uid: number, gid: number, follow?: boolean): Result<void>
  /** Milliseconds since the epoch; null means now, undefined leaves it alone. */
  utimes(path: string, atime: number | null | undefined, mtime: number | null | undefined, follow?: boolean): Result<void>
  futimes(fd: number, atime: number | null | undefined, mtime: number | null | undefined): Result<void>
  truncate(path: string, size: number): Result<void>
  ftruncate(fd: number, size: number): Result<void>
  /** Names, types and inodes, without . and .., in directory order. */
  readdir(path: string): Result<{ name: string; ino: number; mode: number }[]>
  freaddir(fd: number): Result<{ name: string; ino: number; mode: number }[]>
  /** lstat of all that readdir names, in its order (as NFS's READDIRPLUS gives them together). */
  readdirStats(path: string): Result<Stat[]>
  /**
   * Of a directory's regular files those of these names that may be read, whole, in the directory's order, as long as there are not more
   * than `most` bytes in all. A symbolic link is no regular file.
   */
  readFiles(directory: string, names: string[], most: number): Result<{ name: string; stat: Stat; bytes: Uint8Array }[]>
  chdir(path: string): Result<void>
  fchdir(fd: number): Result<void>
  getcwd(): Result<string>
  umask(mask?: number): Result<number>
  statfs(path: string): Result<{ bytes: number; inodes: number; capacity: number }>
  flock(fd: number, operation: number): Result<void>
  /** Locks or unlocks a range for this process (fcntl's F_SETLK, with `wait` F_SETLKW). EAGAIN where another holds it, EDEADLK. */
  setLock(fd: number, lock: LockRange, wait: boolean): Result<void>
  /** The lock of another process that is in the way of this one (F_GETLK); `start` is from the file's begin. */
  getLock(fd: number, lock: LockRange): Result<{ pid: number; kind: 'read' | 'write'; start: number; length: number } | undefined>

  // Processes.
  spawn(request: SpawnRequest): Result<number>
  /** Replaces the calling process's program. Resolves never: the caller is unwound. Fails (ENOENT, EACCES, ENOEXEC) before anything changed. */
  exec(path: string, argv: string[], env: Record<string, string>): Result<never>
  /** pid > 0 that child, -1 any, 0 own group, < -1 that group. undefined with WNOHANG where nothing changed. ECHILD where there is none. */
  wait(pid: number, options?: number): Result<WaitStatus | undefined>
  kill(pid: number, signal: number): Result<void>
  /** Milliseconds of processor time: its own, and of children that were waited for. */
  times(): Result<{ own: number; children: number }>
  getpid(): Result<number>
  getppid(): Result<number>
  getpgid(pid?: number): Result<number>
  setpgid(pid: number, pgid: number): Result<void>
  getsid(pid?: number): Result<number>
  setsid(): Result<number>
  getuid(): Result<{ uid: number; gid: number }>
  /** 'handle': pending signals are reported to the process (a command's `process.onSignal`, a Python worker's interrupt buffer). Returns the old one. */
  sigaction(signal: number, action: 'default' | 'ignore' | 'handle'): Result<'default' | 'ignore' | 'handle'>
  /**
   * The signals that are blocked from now on: they wait until they are unblocked, or a call of `sigtimedwait` takes them (POSIX
   * pthread_sigmask; SIGKILL and SIGSTOP cannot be blocked). Answers with those that were blocked before; without an argument nothing changes.
   */
  sigprocmask(blocked?: number[]): Result<number[]>
  /** Signals that came while they were blocked, in order of their numbers. */
  sigpending(): Result<number[]>
  /** Takes one of these blocked signals, waiting for one so many milliseconds (-1 for ever); undefined at the time limit. `pid` is the sender's, 0 the kernel's. */
  sigtimedwait(signals: number[], milliseconds: number): Result<{ signal: number; pid: number } | undefined>
  /** Sends SIGALRM after so many milliseconds (0 cancels); returns what was left of the one before. */
  alarm(milliseconds: number, interval?: number): Result<number>
  /** Milliseconds. EINTR when a handled signal came. */
  sleep(milliseconds: number): Result<void>
  /** Which of the descriptors are ready; [] at the time limit (milliseconds, -1 for none). */
  poll(fds: { fd: number; events: number }[], timeout: number): Result<{ fd: number; revents: number }[]>
  processes(): Result<ProcessInfo[]>

  // Terminals.
  isatty(fd: number): Result<boolean>
  ttyname(fd: number): Result<string>
  tcgetattr(fd: number): Result<Termios>
  tcsetattr(fd: number, when: 'now' | 'drain' | 'flush', termios: Termios): Result<void>
  tcgetpgrp(fd: number): Result<number>
  tcsetpgrp(fd: number, pgid: number): Result<void>
  getWindowSize(fd: number): Result<WindowSize>
  setWindowSize(fd: number, size: WindowSize): Result<void>
  /** Bytes ready to be read (FIONREAD). */
  available(fd: number): Result<number>

  // Sockets: the machine's own network and Unix sockets. Families, types, flags and options are in socket-numbers.ts.
  /** SOCK_NONBLOCK and SOCK_CLOEXEC may be or'ed to the type. */
  socket(domain: number, type: number, protocol?: number): Result<number>
  socketpair(domain: number, type: number, protocol?: number): Result<[number, number]>
  bind(fd: number, address: SocketAddress): Result<void>
  listen(fd: number, backlog: number): Result<void>
  /** `flags`: SOCK_NONBLOCK, SOCK_CLOEXEC. */
  accept(fd: number, flags?: number): Result<{ fd: number; address: SocketAddress }>
  connect(fd: number, address: SocketAddress): Result<void>
  getsockname(fd: number): Result<SocketAddress>
  getpeername(fd: number): Result<SocketAddress>
  /** As `write`; `flags`: MSG_DONTWAIT, MSG_NOSIGNAL. */
  send(fd: number, bytes: Uint8Array, flags?: number, to?: SocketAddress): Result<number>
  /** `flags`: MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL; MSG_ERRQUEUE for the reason of a reset in words (EAGAIN where none was given). No bytes of a stream are its end; `size` is the datagram's own, `from` its sender. */
  receive(fd: number, length: number, flags?: number): Result<{ bytes: Uint8Array; size: number; from?: SocketAddress }>
  shutdown(fd: number, how: number): Result<void>
  /** C ints. SO_ERROR is a Linux errno, told once. */
  getsockopt(fd: number, level: number, name: number): Result<number[]>
  setsockopt(fd: number, level: number, name: number, values: number[]): Result<void>
  /** The address of a host outside of the machine by its name (outside.ts). ENOENT for what cannot be one. */
  resolve(name: string): Result<string>
  sockets(): Result<SocketInfo[]>
}

/** As ss names them. */
export type SocketState =
  | 'UNCONN' | 'LISTEN' | 'SYN-SENT' | 'ESTAB' | 'FIN-WAIT-2' | 'CLOSE-WAIT' | 'LAST-ACK' | 'TIME-WAIT'

/** A row of the machine's sockets. `received` and `sent` are bytes, of a listening socket connections that wait and how many may. */
export interface SocketInfo {
  family: number
  type: number
  state: SocketState
  local: SocketAddress
  peer: SocketAddress | undefined
  received: number
  sent: number
  ino: number
  users: { pid: number; fd: number; name: string }[]
}

/**
 * A row of the process table, for ps and jobs. `startedAt` is milliseconds since the epoch, `cpu` milliseconds used (0 of commands, which
 * share the kernel's thread).
 */
export interface ProcessInfo {
  pid: number
  ppid: number
  pgid: number
  sid: number
  uid: number
  tty: string | undefined
  state: 'R' | 'S' | 'T' | 'Z'
  startedAt: number
  cpu: number
  argv: string[]
}
