import type { EntryRun } from '../archive/entry-run.ts'
import type { EntryPoints } from '../install/entry-points-of.ts'
import { stash } from '../install/install-paths.ts'

/** Where an installed tree has its scripts. */
export const scriptsDirectory = `${stash}/bin`

/** An installed wheel that is packed already, below `.deps/`. */
export interface PackedDistribution {
  readonly fileName: string
  readonly project: string
  readonly version: string
  readonly fingerprint: string
  readonly entryPoints: EntryPoints
  /** The names of its scripts. */
  readonly scripts: readonly string[]
  readonly run: EntryRun
}

/** A runtime's `.bootstrap`, packed already, and PEX-INFO's hash of it. */
export interface PackedBootstrap {
  readonly hash: string
  readonly run: EntryRun
}
