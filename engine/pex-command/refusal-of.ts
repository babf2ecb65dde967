import type { Option } from './option.ts'
import type { PexHome } from './pex-home.ts'

/** Why an option cannot be followed in a home, and the way out; undefined where it can. */
export const refusalOf = ({ refused, refusedUnless }: Option, home: Pick<PexHome, 'compiles'>): string | undefined =>
  (refusedUnless !== undefined && home[refusedUnless] ? undefined : refused)
