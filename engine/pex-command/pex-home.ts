import type { ByteSource } from '../archive/byte-source.ts'
import type { IndexSettings } from '../index/index-settings.ts'
import type { PackageIndex } from '../index/package-index.ts'
import type { Digests } from '../install/digests.ts'
import type { Target } from '../packaging/target.ts'
import type { TargetPython } from '../pex/sh-boot.ts'

/** Where text goes. `columns` is the width of the terminal that it is, undefined where it is none. */
export interface Output {
  write(text: string): Promise<void>
  readonly columns: number | undefined
}

export interface FoundEntry {
  readonly name: string
  readonly kind: 'file' | 'directory' | 'other'
}

/** Files by path, relative ones seen from the working directory. What the system refuses is a FileProblem. */
export interface PexFiles {
  read(path: string): Promise<Uint8Array>
  /** A file that is read in parts; it is closed when the program ends. */
  open(path: string): Promise<ByteSource>
  /** A symlink is what it leads to; undefined where nothing is. */
  kind(path: string): Promise<FoundEntry['kind'] | undefined>
  isExecutable(path: string): Promise<boolean>
  /** st_mode of what a path leads to, and when it was last changed, in milliseconds since the epoch. */
  onDisk(path: string): Promise<{ readonly mode: number; readonly modified: number }>
  /** In no order; a symlink to a directory is `other`. */
  list(directory: string): Promise<readonly FoundEntry[]>
  /** Absolute, without symlinks. */
  realPath(path: string): Promise<string>
  /** Writes to what is there: a device, a pipe. */
  writeInto(path: string, bytes: Uint8Array): Promise<void>
  /**
   * The file is there whole, with the mode given less the umask, or not at all: what was there before stays until then. Directories above it
   * are made.
   */
  write(path: string, chunks: AsyncIterable<Uint8Array>, mode: number): Promise<void>
  /** The same for a directory of files and its one symlink; a directory that is there is replaced. */
  writeDirectory(path: string, files: Iterable<DirectoryFile>, link: { path: string; target: string }): Promise<void>
  /** What changes whenever the file does; undefined where that cannot be told. Absent: nowhere. */
  identity?(path: string): Promise<string | undefined>
  /** A new directory that only the user may enter. */
  makeTemporary(parent: string): Promise<string>
  remove(path: string): Promise<void>
}

export interface DirectoryFile {
  readonly path: string
  readonly mode: number
  readonly data: AsyncIterable<Uint8Array>
}

/** A Python at hand: what a PEX is made for where no other target is named. */
export interface HomePython {
  readonly target: Target
  readonly shBoot: TargetPython
  /** As it is called to run a PEX: a path. */
  readonly path: string
}

/** Parts of PEXes by keys that say all that they depend on. What cannot be written is not kept. */
export interface KeptParts {
  read(key: string): Promise<ByteSource | undefined>
  write(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
}

/** An environment's variables. */
export type Variables = Readonly<Record<string, string | undefined>>

/** What not every place can do. */
export interface Abilities {
  /** The Python at hand is the one for which PEXes are made: `--compile` has it compile. */
  readonly compiles?: true
  /** Indexes are asked as IndexSettings' `proxy` and certificates say. */
  readonly connects?: true
}

/** What the program needs of the place that it runs in: a machine's process, or Node. */
export interface PexHome extends Abilities {
  /** How the program was called, for its messages. */
  readonly program: string
  readonly environment: Variables
  /** Absolute. */
  readonly directory: string
  readonly output: Output
  readonly errors: Output
  readonly files: PexFiles
  readonly digests: Digests
  /** Aborted by an interrupt. */
  readonly signal: AbortSignal
  /** Milliseconds, only differences count. */
  now(): number
  /** How far local time is ahead of UTC at a local time, in milliseconds since the epoch as if in UTC. Absent: it is UTC. */
  minutesAhead?(localTime: number): number
  /** Lets other work of this thread run. */
  breathe(): Promise<void>
  index(settings: IndexSettings): PackageIndex
  /** The indexes that pip is set up for. */
  defaultIndexes(): Promise<readonly string[]>
  /** The pex wheel whose runtime goes into PEXes. */
  pexWheel(): Promise<{ readonly fileName: string; readonly source: ByteSource; readonly identity?: string | undefined }>
  /** Absent where nothing is kept from one run to the next. */
  readonly kept?: KeptParts
  /** A Python by its name or path, the one at hand without; undefined where there is none. */
  python(name?: string): Promise<HomePython | undefined>
  /** What a program of PATH printed and its exit status, without what it says on standard error; undefined where there is none. Absent: nowhere. */
  capture?(program: string, args: readonly string[]): Promise<{ readonly status: number; readonly output: string } | undefined>
  /** Runs a program to its end, with variables added to this one's: its exit status. */
  run(path: string, args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<number>
}
