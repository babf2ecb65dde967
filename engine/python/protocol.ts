/**
 * What the kernel and a Python worker say to each other. The worker posts requests on its port and waits on the mailbox; the kernel
 * answers only through shared memory, because a worker that runs Python never returns to its event loop.
 */
import type { Stat } from '../machine/stat.ts'
import type { SystemCalls } from '../machine/system-calls.ts'

/** Kernel to worker, once: what an interpreter is restored from. `snapshot` is absent where one is about to be made. */
export interface Prepare {
  op: 'prepare'
  module: WebAssembly.Module
  stdlib: ArrayBufferLike
  snapshot?: ArrayBufferLike
  /** See compiled-code.ts. */
  codes: SharedArrayBuffer
  /** See rehearse.ts; takes some milliseconds, and nobody should be waiting for this interpreter. */
  rehearsed: boolean
}

/** Kernel to a prepared worker, once: the process it becomes. */
export interface Start {
  op: 'start'
  pid: number
  argv: string[]
  env: Record<string, string>
  /** Signals that were ignored when the process was started, and so stay ignored (POSIX exec). */
  ignored: number[]
  mailbox: SharedArrayBuffer
  signals: SharedArrayBuffer
  /** What changed in the file system, written by the kernel (change-log.ts): answers about the rest stay valid. */
  changes: Int32Array | undefined
}
export type ToWorker = Prepare | Start

/** A system call, or one of the calls that spare a process round trips. */
export interface CallRequest {
  op: 'call'
  name: CallName
  args: unknown[]
}
/** Asks for the rest of an answer that was larger than the mailbox. */
export interface MoreRequest {
  op: 'more'
}
/**
 * A call whose answer nobody waits for, because the process knows it. `close`: of a file that it opened by its path. `makeFile`: a new file
 * with this path, permissions and content, where the process knows that nothing is there, that it may, and that there is room (room-for-files.ts).
 */
export interface TellRequest {
  op: 'tell'
  name: 'close' | 'makeFile'
  args: unknown[]
}
export type FromWorker =
  | { op: 'prepared' }
  | CallRequest
  | MoreRequest
  | TellRequest
  | { op: 'exit'; status: number }
  /** The interpreter itself failed: what it would have died of natively (SIGSEGV for wild or too deep memory use), and why. */
  | { op: 'crash'; signal: number; reason: string }

/**
 * `lookUp`: stat or lstat; nothing where a directory holds no such name, so that it stays true until the name is made. Other misses fail.
 * `openWhole`: open, fstat, and the bytes of a regular file of at most WHOLE_FILE bytes, in one round trip; no bytes where they are `here`.
 * Of a directory that is opened as one, what `listWhole` says. Of a file that may be new, also the directory's stat, and where the log of changes stood when both were true.
 * `mkdirWhole`, `renameWhole`: mkdir and rename; as above the stats of these paths, which they may have changed, and where the log stood.
 * `listWhole`: stat and readdir, and lstat of every entry where there are not more than LISTED.
 * `readModules`: the compiled modules of a __pycache__ directory from the named one on, up to MODULES bytes in all, and every name there.
 * `spawnChild`: spawn; where its second argument is true, signals that CPython itself ignores are at their default in the child.
 */
export type CallName = keyof SystemCalls | 'lookUp' | 'openWhole' | 'mkdirWhole' | 'renameWhole' | 'listWhole' | 'readModules' | 'makeFile' | 'spawnChild'

/** A directory: its inode, what is in it, and the stats of that, in the same order, or none. */
export interface Listing {
  ino: number
  entries: { name: string; ino: number; mode: number }[]
  stats: Stat[]
}

export const WHOLE_FILE = 256 * 1024
export const LISTED = 1000
export const MODULES = 512 * 1024

/** The mailbox: four 32-bit words, then the bytes of the answer. */
export const STATE = 0
export const KIND = 1
/** Bytes in this part of the answer, and bytes still to come. */
export const LENGTH = 2
export const REST = 3
export const HEADER = 16
export const MAILBOX = HEADER + 1024 * 1024

/** STATE: the worker waits while it is WAITING. */
export const WAITING = 0
export const ANSWERED = 1

/** KIND: JSON text, nothing, plain bytes, JSON of an error, or `openWhole`'s JSON in front of the file's bytes. */
export const JSON_VALUE = 0
export const NOTHING = 1
export const BYTES = 2
export const FAILURE = 3
export const JSON_AND_BYTES = 4

/**
 * The signals' memory: one bit for each signal that came and that the process handles, bit n of word 0 for 1 to 31; behind it the processor
 * time (processor-time.ts).
 */
export const PENDING = 0
export const SIGNALS = 16
