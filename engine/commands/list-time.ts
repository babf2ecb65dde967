import { formatTime } from '../shell/format-time.ts'

/** Half of a Gregorian year (31,556,952 s): what ls and find take for "recent". */
const halfYear = (31_556_952 / 2) * 1000

/**
 * A file's time as a listing shows it: `Sep 26 14:20` where it is of the last six months, `Sep 26  2024` otherwise (POSIX ls); `style` is
 * one of ls's --time-style words, or `+FORMAT`. Times are milliseconds since the epoch.
 */
export function listTime(time: number, now: number, style: string, zone: string): string {
  const recent = time > now - halfYear && time <= now
  return formatTime(formatOf(style, recent), time, zone)
}

function formatOf(style: string, recent: boolean): string {
  if (style.startsWith('+')) {
    const [old = '', fresh = old] = style.slice(1).split('\n')
    return recent ? fresh : old
  }
  switch (style) {
    case 'full-iso':
      return '%Y-%m-%d %H:%M:%S.%N %z'
    case 'long-iso':
      return '%Y-%m-%d %H:%M'
    case 'iso':
      return recent ? '%m-%d %H:%M' : '%Y-%m-%d '
    default:
      return recent ? '%b %e %H:%M' : '%b %e  %Y'
  }
}
