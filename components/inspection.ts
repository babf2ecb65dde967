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

export type Inspection = {
  map: PexMap
  description: string
  places: Place[]
  /** Python starts it as it is: a wheel it does not. */
  startable: boolean
} | { problem: string }

/** Of a file that the browser gives no bytes of. */
export const unreadable = (name: string) => `${name} cannot be read: it has changed since, or is a directory. Choose it again.`
