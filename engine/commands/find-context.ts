import type { Process } from '../machine/process.ts'
import type { Stat } from '../machine/stat.ts'
import type { Accounts } from './accounts.ts'

/** What the parts of a find expression share: settings that options of the expression change, and what happens on the way. */
export interface FindContext {
  readonly process: Process
  follow: 'always' | 'operands' | 'never'
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  oneFileSystem: boolean
  /** Milliseconds since the epoch, the same for all files. */
  readonly now: number
  readonly zone: string
  readonly accounts: Accounts
  confirm(question: string): Promise<boolean>
  /** The exit status is to be 1. */
  failed: boolean
  quit: boolean
  /** Run when all files are seen: `-exec ... +` runs what it has gathered. */
  readonly endings: (() => Promise<void>)[]
}

/** The file that the expression looks at. */
export interface FoundFile {
  path: string
  /** The PATH operand it was found below. */
  start: string
  depth: number
  name: string
  stat: Stat
  /** A symlink's text, '' for others. */
  target: string
  /** Set by -prune: do not go into this directory. */
  pruned: boolean
}

export type FindTest = (file: FoundFile) => Promise<boolean>
