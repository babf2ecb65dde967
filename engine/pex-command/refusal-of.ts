import type { Option } from './option.ts'
import type { Abilities } from './pex-home.ts'

/** Why an option cannot be followed in a home, and the way out; undefined where it can. */
export const refusalOf = ({ refused, refusedUnless }: Option, home: Abilities): string | undefined =>
  (refusedUnless !== undefined && home[refusedUnless] ? undefined : refused)
