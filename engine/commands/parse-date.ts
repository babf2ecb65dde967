import { dayNames, localTime, monthNames } from '../shell/format-time.ts'

/** Wall-clock fields, as Date.UTC takes them. */
interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

const units: Readonly<Record<string, (fields: Fields, amount: number) => void>> = {
  sec: (fields, amount) => {
    fields.second += amount
  },
  second: (fields, amount) => {
    fields.second += amount
  },
  min: (fields, amount) => {
    fields.minute += amount
  },
  minute: (fields, amount) => {
    fields.minute += amount
  },
  hour: (fields, amount) => {
    fields.hour += amount
  },
  day: (fields, amount) => {
    fields.day += amount
  },
  week: (fields, amount) => {
    fields.day += 7 * amount
  },
  fortnight: (fields, amount) => {
    fields.day += 14 * amount
  },
  month: (fields, amount) => {
    fields.month += amount
  },
  year: (fields, amount) => {
    fields.year += amount
  },
}
const shiftedDays: Readonly<Record<string, number>> = { today: 0, now: 0, yesterday: -1, tomorrow: 1 }
const indexOfName = (names: readonly string[], word: string) =>
  word.length < 3 ? -1 : names.findIndex((name) => name.toLowerCase() === word || name.slice(0, 3).toLowerCase() === word)
const fullYear = (text: string) => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900))

/** Milliseconds of a wall-clock time in a zone; an hour that summer time skips is taken as if it were there. */
function moment(fields: Fields, zone: string): number {
  const wall = Date.UTC(fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second, fields.millisecond)
  const first = wall - localTime(wall, zone).offset * 60_000
  return wall - localTime(first, zone).offset * 60_000
}

/**
 * What GNU's `date -d` and `touch -d` understand of dates: `@epoch`, ISO 8601, `26 Sep 2024`, `Sep 26 2024`, `9/26/2024`, times with am,
 * pm and zones, week days, and relative words (`2 days ago`, `next month`, `yesterday`). Milliseconds since the epoch, or undefined
 * where it is no date.
 */
export function parseDate(text: string, now: number, zone: string): number | undefined {
  const epoch = /^\s*@(-?\d+(?:\.\d+)?)\s*$/.exec(text)
  if (epoch) return Number(epoch[1]) * 1000
  const today = localTime(now, zone)
  const fields: Fields = { ...today, millisecond: ((now % 1000) + 1000) % 1000 }
  const relative: ((fields: Fields) => void)[] = []
  let offset: number | undefined
  let hasDate = false
  let hasTime = false
  let weekday: number | undefined
  let weekdayStep = 0
  let rest = text.toLowerCase().replace(/\([^)]*\)/g, ' ')

  const setDate = (year: number, month: number, day: number): boolean => {
    const date = new Date(Date.UTC(year, month, day))
    if (hasDate || date.getUTCMonth() !== month || date.getUTCDate() !== day) return false
    Object.assign(fields, { year, month, day })
    hasDate = true
    return true
  }
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest)
    if (!match) return undefined
    rest = rest.slice(match[0].length)
    return match
  }
  while ((rest = rest.replace(/^[\s,]+/, ''))) {
    let match: RegExpExecArray | undefined
    if ((match = take(/^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d))?/))) {
      if (!setDate(Number(match[1]), Number(match[2]) - 1, Number(match[3]))) return undefined
    } else if ((match = take(/^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?(?!\d)/))) {
      if (!setDate(match[3] ? fullYear(match[3]) : today.year, Number(match[1]) - 1, Number(match[2]))) return undefined
    } else if (
      (match = take(/^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*([ap])\.?m\b\.?/)) ??
      (match = take(/^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?/))
    ) {
      const half = match[5]
      const hour = Number(match[1])
      if (hasTime || (half && (hour < 1 || hour > 12)) || hour > 23 || Number(match[2] ?? 0) > 59 || Number(match[3] ?? 0) > 60)
        return undefined
      Object.assign(fields, {
        hour: half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour,
        minute: Number(match[2] ?? 0),
        second: Number(match[3] ?? 0),
        millisecond: Number(`0.${match[4] ?? 0}`) * 1000,
      })
      hasTime = true
      const east = take(/^\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)/)
      if (east) offset = (east[1] === '-' ? -1 : 1) * (Number(east[2]) * 60 + Number(east[3] ?? 0))
    } else if ((match = take(/^([+-]?)\s*(\d+)\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b(\s+ago\b)?/))) {
      const [, sign, digits, unit, ago] = match
      const amount = Number(digits) * (sign === '-' ? -1 : 1) * (ago ? -1 : 1)
      relative.push((value) => units[unit!]!(value, amount))
    } else if ((match = take(/^(next|last|this)\s+(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b/))) {
      const [, word, unit] = match
      relative.push((value) => units[unit!]!(value, word === 'next' ? 1 : word === 'last' ? -1 : 0))
    } else if ((match = take(/^(\d{4})(\d{2})(\d{2})(?!\d)/))) {
      if (!setDate(Number(match[1]), Number(match[2]) - 1, Number(match[3]))) return undefined
    } else if ((match = take(/^(\d{1,2})[\s-]*([a-z]{3,9})\b\.?(?:[\s,-]*(\d{4})\b)?/))) {
      const month = indexOfName(monthNames, match[2]!)
      if (month === -1 || !setDate(match[3] ? Number(match[3]) : today.year, month, Number(match[1]))) return undefined
    } else if ((match = take(/^(?:utc|gmt|z)(?:0)?\b/))) offset = 0
    else if ((match = take(/^(next|last|this)?\s*([a-z]{3,9})\b\.?/))) {
      const [, step, word] = match
      const month = step ? -1 : indexOfName(monthNames, word!)
      const day = indexOfName(dayNames, word!)
      const unit = units[word!.replace(/s$/, '')]
      if (month !== -1) {
        const after = take(/^\s*(\d{1,2})(?!\d|:)(?:st|nd|rd|th)?(?:[\s,]+(\d{4})\b)?/)
        if (!after || !setDate(after[2] ? Number(after[2]) : today.year, month, Number(after[1]))) return undefined
      } else if (day !== -1) {
        weekday = day
        weekdayStep = step === 'next' ? 1 : step === 'last' ? -1 : 0
      } else if (!step && shiftedDays[word!] !== undefined) relative.push((value) => units.day!(value, shiftedDays[word!]!))
      else if (!step && unit) relative.push((value) => unit(value, take(/^\s+ago\b/) ? -1 : 1))
      else return undefined
    } else if ((match = take(/^(\d{4})(?!\d)/)) && hasDate && hasTime) fields.year = Number(match[1])
    else return undefined
  }
  if (!hasTime && (hasDate || weekday !== undefined || text.trim() === ''))
    Object.assign(fields, { hour: 0, minute: 0, second: 0, millisecond: 0 })
  if (weekday !== undefined && !hasDate) {
    const ahead = (weekday - today.weekday + 7) % 7
    fields.day += ahead + 7 * (weekdayStep - Number(weekdayStep > 0 && ahead !== 0))
  }
  for (const change of relative) change(fields)
  if (offset === undefined) return moment(fields, zone)
  return moment(fields, 'UTC') - offset * 60_000
}
