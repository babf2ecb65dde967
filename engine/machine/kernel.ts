/** What the kernel's parts share: the state of one machine. */
import type { DescriptorCount } from './descriptor-table.ts'
import type { FileLocks } from './file-locks.ts'
import type { FileSystem, Ino } from './file-system.ts'
import type { Program } from './machine.ts'
import type { Outside } from './outside.ts'
import type { Network } from './network.ts'
import type { Pipe } from './pipe.ts'
import type { ProcessTable } from './process-table.ts'
import type { RecordLocks } from './record-locks.ts'
import type { Tty } from './tty.ts'

export interface Kernel {
  readonly fs: FileSystem
  readonly hostname: string
  /** Milliseconds since the epoch. */
  now(): number
  readonly bootedAt: number
  readonly processes: ProcessTable
  /** By the N of /dev/pts/N. */
  readonly terminals: Map<number, Tty>
  readonly programs: ReadonlyMap<string, Program>
  /** FIFOs that somebody has open. */
  readonly fifos: Map<Ino, Pipe>
  readonly locks: FileLocks
  readonly recordLocks: RecordLocks
  readonly network: Network
  readonly descriptors: DescriptorCount
  /** Shared with programs in other threads: see MachineOptions. */
  readonly changes: Int32Array | undefined
  /** The way out: see MachineOptions. */
  readonly fetch: typeof fetch
  /** Undefined where sockets have no way out. */
  outside: Outside | undefined
}
