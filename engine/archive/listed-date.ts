import { utcDate, type DosDate } from './dos-date.ts'
import type { ZipEntry } from './zip-entry.ts'

/** 'ymd' is what Debian's build prints, 'mdy' what macOS's does and any other in an American locale. */
export type DateOrder = 'ymd' | 'mdy'

/** From the locale's variables, in POSIX's order of precedence. */
export const dateOrderOf = (env: Readonly<Record<string, string | undefined>>): DateOrder =>
  (env['LC_ALL'] || env['LC_TIME'] || env['LANG'] || '').startsWith('en_US') ? 'mdy' : 'ymd'

/** The UT block's time where there is one (in UTC, the machine's zone), else the DOS date. */
export const entryDate = (entry: ZipEntry): DosDate => (entry.mtime === undefined ? entry.date : utcDate(entry.mtime * 1000))

export const two = (number: number) => String(number).padStart(2, '0')

/** `2024-09-26 14:00` or `09-26-2024 14:00`. */
export const listedDate = (date: DosDate, order: DateOrder): string => {
  const day =
    order === 'mdy' ? `${two(date.month)}-${two(date.day)}-${two(date.year)}` : `${two(date.year)}-${two(date.month)}-${two(date.day)}`
  return `${day} ${two(date.hour)}:${two(date.minute)}`
}
