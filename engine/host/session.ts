/**
 * The seam between a page and its machines. The page holds a `MachineHost`; everything that crosses is a plain message
 * (bytes, Blobs, JSON): the machine may live in a sandboxed frame. A `Session` is one machine with one shell on one terminal.
 */
import type { ByteStream } from '../machine/byte-stream.ts'
import type { WindowSize } from '../machine/system-calls.ts'
import type { TreeEntry } from '../machine/tree-entry.ts'

export type { ByteStream, TreeEntry }

export interface FixtureFile {
  /** Relative to the fixture's directory. Directories end in a slash. */
  path: string
  bytes: Uint8Array
  /** Permission bits; default 0o644, 0o755 for directories. */
  mode?: number
  /** Milliseconds since the epoch. */
  mtime?: number
  /** A symlink's target, instead of bytes. */
  target?: string
}

/** What a session starts from: see public/demos. */
export interface Fixture {
  name: string
  /** Where the files go and the shell starts, e.g. /home/user/demo. */
  directory: string
  files: FixtureFile[]
  env?: Record<string, string>
  /** Command lines run in `directory` before the first prompt; a failing one fails the session's start. */
  setup?: string[]
}

export interface SessionState {
  cwd: string
  /** The shell waits at its prompt. */
  atPrompt: boolean
  /** What runs in the foreground, when not at the prompt. */
  command: string | undefined
  /** Exit status of the last command. */
  status: number
  /** A program in the foreground waits for input from the terminal. */
  waiting: boolean
}

export interface Session {
  readonly state: SessionState
  input(text: string): void
  resize(size: WindowSize): void
  /** Terminal output, in order. `text` is UTF-8 bytes with escape sequences, OSC 133 prompt marks included. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void
  onState(listener: (state: SessionState) => void): () => void
  /**
   * Remembers files, variables, directory and history; only at the prompt. The number is valid until `close`. Undefined while programs run in the
   * background: they are no state that could be brought back.
   */
  checkpoint(): Promise<number | undefined>
  /** Ends the programs that listen for connections. Answers with their command lines. */
  endServers(): Promise<string[]>
  /** Ends every process, brings back files and shell state; the shell stands at a fresh prompt (its output starts anew). */
  restore(checkpoint: number): Promise<void>
  readFile(path: string): Promise<Uint8Array>
  /** With `keep`, what is there stays: another `a.py` becomes `a-1.py`. Answers where the file is. */
  writeFile(path: string, bytes: Uint8Array, keep?: boolean): Promise<string>
  /** Calls back with the directory's whole tree now and whenever it changed (at most ten times a second). */
  watch(directory: string, listener: (entries: TreeEntry[]) => void): () => void
  /** A connection to the machine's server at this port, as from another program in it. Rejects where nobody listens. */
  connect(port: number): Promise<ByteStream>
  /** Calls back with whether a server listens at this port, now and whenever that changes. */
  watchPort(port: number, listener: (listening: boolean) => void): () => void
  close(): void
}

export type PythonState = 'loading' | 'ready' | 'failed'

export interface MachineHost {
  /** Rejects with one clear line where machines cannot run here (no isolation, no WebAssembly). */
  readonly ready: Promise<void>
  readonly python: PythonState
  /** One line, where `python` is 'failed'. */
  readonly pythonReason: string | undefined
  onPython(listener: (state: PythonState, reason: string | undefined) => void): () => void
  /** One line, when the machines came up and have ended since: their sessions are gone, and `open` rejects. */
  readonly lost: string | undefined
  onLost(listener: (reason: string) => void): () => void
  open(fixture: Fixture, size: WindowSize): Promise<Session>
  /** Gives memory back: spare interpreters end; the next Python process brings them back, or `wake`. */
  idle(): void
  /** Work is about to go on: spare interpreters come back before they are asked for. */
  wake(): void
  /** Ends all machines: from then on they are `lost`. */
  end(): void
}
