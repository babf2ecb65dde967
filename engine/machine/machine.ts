/**
 * The facade: one machine is one file system, process table and set of terminals. Many may live in one worker.
 * The kernel itself (processes, pipes, terminals, signals) is in the files beside this one.
 */
import type { ByteStream } from './byte-stream.ts'
import type { Checkpoint, FileSystem } from './file-system.ts'
import type { OutsideHosts } from './outside.ts'
import type { Command } from './process.ts'
import type { SpawnRequest, SystemCalls, WaitStatus, WindowSize } from './system-calls.ts'

/**
 * A program that does not run in the kernel's own thread (Python). The kernel calls `start` with the process's argv, env, cwd and its
 * system calls; the program reports its end by `exit`. `signal` tells it that a signal it handles is pending. `terminate` must stop it at once.
 */
export interface ForeignProgram {
  start(start: ForeignStart): ForeignProcess
}
export interface ForeignStart {
  pid: number
  /** Path that was executed, and argv (argv[0] as given). */
  path: string
  argv: string[]
  env: Record<string, string>
  system: SystemCalls
  /** The machine's own (see MachineOptions): what the program read of files is true until it says otherwise. */
  changes: Int32Array | undefined
  exit(status: number): void
  /** The program's worker died (crash, out of memory): the process ends as by `signal`, `reason` goes to its stderr as one line. */
  crash(signal: number, reason: string): void
}
export interface ForeignProcess {
  signal(signal: number): void
  /** True from `signal` until the program's code takes note: a call that it made before that fails with EINTR where it would wait. */
  readonly signalled: boolean
  /** Milliseconds of processor time, also when it has ended; absent where nobody knows. */
  used?(): number
  terminate(): void
}

/** What an executable file that is not a script runs. Such files start with the bytes `\0machine\n` and the program's name. */
export type Program = { kind: 'command'; run: Command } | { kind: 'foreign'; program: ForeignProgram }

export interface MachineOptions {
  /** Name -> program; each appears as an executable file at `path`. */
  programs: Record<string, { path: string; program: Program; links?: string[] }>
  hostname?: string
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number
  /** Default FILE_SYSTEM_CAPACITY bytes. */
  capacity?: number
  /** A view on shared memory of CHANGE_LOG bytes (change-log.ts): every change of the file system is written into it, so that other threads see it. */
  changes?: Int32Array
  /** The way out, by the policy of whoever holds the machine. Without it there is none. */
  fetch?: typeof fetch
  /** The far end of connections to other hosts than this one. Without it there are none. */
  outside?: OutsideHosts
}

/** A terminal the machine's outside holds: the master side. */
export interface TerminalPort {
  /** Bytes typed. */
  input(bytes: Uint8Array): void
  resize(size: WindowSize): void
  /** Bytes to show, in order. A returned promise holds the writers back (flow control). */
  onOutput: ((bytes: Uint8Array) => void | Promise<void>) | undefined
  /** The path of its slave device, e.g. /dev/pts/0. */
  readonly path: string
  /** True while a process waits to read from it and everything typed is used up. */
  readonly waiting: boolean
  onWaiting: ((waiting: boolean) => void) | undefined
  foreground(): { pgid: number; argv: string[] } | undefined
  hangup(): void
}

export interface Machine {
  readonly fs: FileSystem
  openTerminal(size: WindowSize): TerminalPort
  /** Starts a process as init would: on a terminal it leads a new session with it as controlling terminal on descriptors 0, 1, 2. */
  start(request: Omit<SpawnRequest, 'fds' | 'foreground' | 'pgid' | 'newSession'> & { terminal?: TerminalPort }): { pid: number; ended: Promise<WaitStatus> }
  /** A connection to 127.0.0.1 that belongs to no process: whoever holds the machine is its client. Throws SystemError (ECONNREFUSED). */
  connect(port: number): Promise<ByteStream>
  /** Calls back with whether a server listens on 127.0.0.1 at this port, now and when that changes. */
  watchPort(port: number, listener: (listening: boolean) => void): () => void
  /** Processes that have not ended. */
  readonly running: number
  /** Ends all that listens for connections, and answers with its command lines. */
  endServers(): Promise<string[]>
  /** Kills (SIGKILL) everything and waits until it is gone. */
  killAll(): Promise<void>
  checkpoint(): Checkpoint
  restore(checkpoint: Checkpoint): void
}
