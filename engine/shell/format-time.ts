/**
 * strftime(3) in the C locale, with GNU date's extensions: flags `-` `_` `0` `^` `#`, widths, %N, %P, %:z. Months and days are English, as
 * LANG=C.UTF-8 has them. Zones come from Intl, so any IANA name works.
 */
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export interface LocalTime {
  year: number
  /** 0 to 11. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** 0 is Sunday. */
  weekday: number
  /** 0 to 365. */
  yearDay: number
  /** Minutes east of UTC. */
  offset: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const DAY = 86_400_000

function intlFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}

/** Each of these locales knows the abbreviations of its own part of the world, and says GMT+2 for others. */
const abbreviating = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'ja']

/** CEST, EDT ...; undefined where Intl has only an offset. */
function abbreviation(milliseconds: number, zone: string): string | undefined {
  for (const locale of abbreviating) {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(milliseconds)
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value
    if (name && /^[A-Z]{2,5}$/.test(name)) return name
  }
  return undefined
}

/** The TZ variable as an Intl zone: unset, empty or unknown is UTC (tzset(3)); a leading colon is dropped. */
export function timeZone(variable: string | undefined): string {
  const name = (variable ?? '').replace(/^:/, '')
  if (name === '' || name === 'UTC0' || name === 'GMT0') return 'UTC'
  try {
    intlFormat(name)
    return name
  } catch (error) {
    if (error instanceof RangeError) return 'UTC'
    throw error
  }
}

export function localTime(milliseconds: number, zone: string): LocalTime {
  let shifted = milliseconds
  if (zone !== 'UTC') {
    const part: Record<string, string> = {}
    for (const { type, value } of intlFormat(zone).formatToParts(milliseconds)) part[type] = value
    const wall = Date.UTC(
      Number(part.year),
      Number(part.month) - 1,
      Number(part.day),
      Number(part.hour),
      Number(part.minute),
      Number(part.second),
    )
    shifted = wall + (((milliseconds % 1000) + 1000) % 1000)
  }
  const date = new Date(shifted)
  const year = date.getUTCFullYear()
  const offset = Math.round((shifted - milliseconds) / 60_000)
  return {
    year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((shifted - Date.UTC(year, 0, 1)) / DAY),
    offset,
  }
}

/** `+hhmm`, or `+hh:mm` with a colon. */
function offsetText(minutes: number, colon: string): string {
  const size = Math.abs(minutes)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${colon}${two(size % 60)}`
}

/** ISO 8601 week and its year. */
function isoWeek(time: LocalTime): { week: number; year: number } {
  const thursday = new Date(Date.UTC(time.year, time.month, time.day + 3 - ((time.weekday + 6) % 7)))
  const year = thursday.getUTCFullYear()
  return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) }
}

/** A number with its width and padding, or text. */
type Field = { number: number; width: number; pad?: string } | { text: string }

function field(conversion: string, time: LocalTime, milliseconds: number, zone: string): Field | undefined {
  const format = (text: string) => formatTime(text, milliseconds, zone)
  const hour12 = time.hour % 12 || 12
  switch (conversion) {
    case 'a':
      return { text: dayNames[time.weekday]!.slice(0, 3) }
    case 'A':
      return { text: dayNames[time.weekday]! }
    case 'b':
    case 'h':
      return { text: monthNames[time.month]!.slice(0, 3) }
    case 'B':
      return { text: monthNames[time.month]! }
    case 'c':
      return { text: format('%a %b %e %H:%M:%S %Y') }
    case 'C':
      return { number: Math.floor(time.year / 100), width: 2 }
    case 'd':
      return { number: time.day, width: 2 }
    case 'D':
    case 'x':
      return { text: format('%m/%d/%y') }
    case 'e':
      return { number: time.day, width: 2, pad: ' ' }
    case 'F':
      return { text: format('%Y-%m-%d') }
    case 'g':
      return { number: isoWeek(time).year % 100, width: 2 }
    case 'G':
      return { number: isoWeek(time).year, width: 4 }
    case 'H':
      return { number: time.hour, width: 2 }
    case 'I':
      return { number: hour12, width: 2 }
    case 'j':
      return { number: time.yearDay + 1, width: 3 }
    case 'k':
      return { number: time.hour, width: 2, pad: ' ' }
    case 'l':
      return { number: hour12, width: 2, pad: ' ' }
    case 'm':
      return { number: time.month + 1, width: 2 }
    case 'M':
      return { number: time.minute, width: 2 }
    case 'n':
      return { text: '\n' }
    case 'p':
      return { text: time.hour < 12 ? 'AM' : 'PM' }
    case 'P':
      return { text: time.hour < 12 ? 'am' : 'pm' }
    case 'q':
      return { number: Math.floor(time.month / 3) + 1, width: 1 }
    case 'r':
      return { text: format('%I:%M:%S %p') }
    case 'R':
      return { text: format('%H:%M') }
    case 's':
      return { number: Math.floor(milliseconds / 1000), width: 1 }
    case 'S':
      return { number: time.second, width: 2 }
    case 't':
      return { text: '\t' }
    case 'T':
    case 'X':
      return { text: format('%H:%M:%S') }
    case 'u':
      return { number: time.weekday || 7, width: 1 }
    case 'U':
      return { number: Math.floor((time.yearDay + 7 - time.weekday) / 7), width: 2 }
    case 'V':
      return { number: isoWeek(time).week, width: 2 }
    case 'w':
      return { number: time.weekday, width: 1 }
    case 'W':
      return { number: Math.floor((time.yearDay + 7 - ((time.weekday + 6) % 7)) / 7), width: 2 }
    case 'y':
      return { number: ((time.year % 100) + 100) % 100, width: 2 }
    case 'Y':
      return { number: time.year, width: time.year > 9999 ? 1 : 4 }
    case 'z':
      return { text: offsetText(time.offset, '') }
    case ':z':
      return { text: offsetText(time.offset, ':') }
    case '::z':
      return { text: `${offsetText(time.offset, ':')}:00` }
    case ':::z':
      return { text: time.offset % 60 === 0 ? offsetText(time.offset, '').slice(0, 3) : offsetText(time.offset, ':') }
    case 'Z':
      return { text: zone === 'UTC' ? zone : (abbreviation(milliseconds, zone) ?? offsetText(time.offset, '').slice(0, 3)) }
    case '%':
      return { text: '%' }
    default:
      return undefined
  }
}

/** `milliseconds` since the epoch, in `zone`, by a strftime format. An unknown conversion stays as it is. */
export function formatTime(format: string, milliseconds: number, zone = 'UTC'): string {
  const time = localTime(milliseconds, zone)
  return format.replace(/%([-_0^#]*)(\d*)[EO]?(:{0,3}z|[A-Za-z%])/g, (whole, flags: string, width: string, conversion: string) => {
    if (conversion === 'N') return nanoseconds(milliseconds, width)
    const found = field(conversion, time, milliseconds, zone)
    if (!found) return whole
    const padding = [...flags].filter((flag) => '-_0'.includes(flag)).pop()
    let text: string
    if ('number' in found) {
      const fill = padding === '_' ? ' ' : padding === '0' ? '0' : (found.pad ?? '0')
      const wide = padding === '-' ? 1 : Math.max(width ? Number(width) : found.width, 1)
      const digits = String(Math.abs(found.number))
      const sign = found.number < 0 ? '-' : ''
      text = fill === '0' ? sign + digits.padStart(wide - sign.length, '0') : (sign + digits).padStart(wide, fill)
    } else {
      text = padding === '-' ? found.text : found.text.padStart(Number(width) || 0, padding === '0' ? '0' : ' ')
    }
    if (flags.includes('^')) return text.toUpperCase()
    if (flags.includes('#')) return conversion === 'p' || conversion === 'Z' ? text.toLowerCase() : text.toUpperCase()
    return text
  })
}

/** %N is a fraction, so its width keeps the leading digits. */
function nanoseconds(milliseconds: number, width: string): string {
  const fraction = milliseconds - Math.floor(milliseconds / 1000) * 1000
  const digits = String(Math.round(fraction * 1e6)).padStart(9, '0')
  return digits.slice(0, Number(width) || 9).padEnd(Number(width) || 9, '0')
}
