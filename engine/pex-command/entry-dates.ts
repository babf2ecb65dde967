import { utcDate } from '../archive/dos-date.ts'
import { PexError } from '../pex/pex-error.ts'
import type { EntryDates } from '../pex/tree-entries.ts'
import type { PexHome } from './pex-home.ts'

/** Local dates for `--use-system-time`, all that is made by this run of one. Throws PexError in the words of Python's zipfile. */
export const entryDates = ({ minutesAhead = () => 0 }: Pick<PexHome, 'minutesAhead'>): EntryDates => {
  const now = Date.now()
  return (modified = now) => {
    const local = modified + minutesAhead(modified + minutesAhead(modified) * 60_000) * 60_000
    const date = utcDate(local)
    if (date.year < 1980) throw new PexError('ZIP does not support timestamps before 1980')
    if (date.year > 2107) throw new PexError('ZIP does not support timestamps after 2107')
    return date
  }
}
