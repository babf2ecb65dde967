/**
 * What a TypeScript program sees of itself. A command is `(args, process) => exit status`: it streams, it never returns a string.
 * The kernel makes one for each process; when the process is killed or stopped, its pending calls never come back.
 */
import type { Result, SystemCalls } from './system-calls.ts'

/** Buffered input over a descriptor. */
export interface Reader {
  readonly fd: number
  /** What is there, at least one byte, or undefined at end of file. */
  read(): Promise<Uint8Array | undefined>
  /**
   * The next line as bytes with its newline (or other `end`), which the last one may lack; undefined at end of file. It is no promise
   * where the line has been read already.
   */
  line(end?: number): Result<Uint8Array | undefined>
  /** All of them. */
  lines(end?: number): AsyncIterable<Uint8Array>
  /** Everything up to end of file. */
  all(): Promise<Uint8Array>
}

/** Buffered output over a descriptor: line-buffered on a terminal, 64 KiB otherwise, unbuffered for stderr, as C's stdio does. */
export interface Writer {
  readonly fd: number
  /** Await it: a full pipe makes it wait (back-pressure). Text is encoded as UTF-8. */
  write(chunk: string | Uint8Array): Promise<void>
  flush(): Promise<void>
}

export interface Process {
  readonly pid: number
  readonly argv: readonly string[]
  /** Live: a change is seen by children that are started with it. */
  readonly env: Record<string, string>
  readonly system: SystemCalls
  readonly stdin: Reader
  readonly stdout: Writer
  readonly stderr: Writer
  reader(fd: number): Reader
  writer(fd: number): Writer
  /** Milliseconds since the epoch, by the machine's clock. */
  now(): number
  /** Runs `handler` when a signal set to 'handle' arrives; sets the action too. */
  onSignal(signal: number, handler: () => void): void
  /** Lets the kernel's other work run; long loops in commands await it now and then (cheap: it yields about every 8 ms). */
  breathe(): Promise<void>
  /**
   * Asks the outside, as the standard's `fetch` does; what the machine's holder does not allow is refused with a `NotAllowedError`, whose
   * message says why. A process that ends asks no further.
   */
  readonly fetch: typeof fetch
}

/** `args` is argv without argv[0]. The exit status is 0 to 255. */
export type Command = (args: string[], process: Process) => Promise<number>
