/** A row of the process table: all that the kernel knows of a process. (`Process` is what a program sees of itself.) */
import type { DescriptorTable } from './descriptor-table.ts'
import type { Image } from './image.ts'
import type { Credentials } from './stat.ts'
import type { WaitStatus } from './system-calls.ts'
import type { Tty } from './tty.ts'
import type { WaitQueue } from './wait-queue.ts'
import type { WorkingDirectory } from './working-directory.ts'

export interface Task {
  readonly pid: number
  parent: Task
  readonly children: Set<Task>
  pgid: number
  sid: number
  readonly cred: Credentials
  /** The controlling terminal. */
  terminal: Tty | undefined
  readonly cwd: WorkingDirectory
  umask: number
  readonly descriptors: DescriptorTable
  /** Signals whose action is not the default one. */
  readonly actions: Map<number, 'ignore' | 'handle'>
  /** Signals that wait until they are unblocked. */
  blocked: ReadonlySet<number>
  /** Signals that came while it was stopped or they were blocked, with the pid of who sent them: 0 is the kernel. */
  readonly pending: Map<number, number>
  /** Woken when a blocked signal comes. */
  readonly signalCame: WaitQueue
  state: 'running' | 'stopped' | 'zombie'
  /** A change that the parent has not waited for yet; a zombie's end. */
  report: WaitStatus | undefined
  image: Image
  /** Milliseconds of processor time: of the programs before `image`, and of children that were waited for. */
  readonly used: { before: number; children: number }
  /** Absolute path of what was executed. */
  path: string
  argv: readonly string[]
  env: Readonly<Record<string, string>>
  readonly startedAt: number
  /** Woken when a child's state changes. */
  readonly childChanged: WaitQueue
  readonly alarm: AlarmClock
  /** Hears of its end. */
  ended?: (status: WaitStatus) => void
}

/** The timer behind `alarm`. */
export interface AlarmClock {
  /** Milliseconds; 0 cancels. Returns what was left of the one before. */
  set(milliseconds: number, interval: number): number
}
