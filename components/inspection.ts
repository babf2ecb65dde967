/** What a page hears of a .pex file that somebody gave it. */
import type { PexMap } from '../engine/pex/map-pex.ts'

export interface Place {
  /** `Linux x86_64`, or `this browser`. */
  system: string
  /** `3.13`; of this browser its own. */
  python: string
  runs: 'yes' | 'no' | 'perhaps'
  /** Why, in lines. */
  text: string
}

export type Inspection = { map: PexMap; description: string; places: Place[] } | { problem: string }
