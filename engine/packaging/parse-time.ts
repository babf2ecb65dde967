const dates = [
  /(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/, /(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)/,
  /(?<year>\d{4})-W(?<week>\d\d)(?:-(?<weekday>\d)(?!\d))?/, /(?<year>\d{4})W(?<week>\d\d)(?<weekday>\d)?/,
].map(({ source }) => source)
const clocks = [
  /(?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?/, /(?<hour>\d\d)(?:(?<minute>\d\d)(?:(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?/,
].map(({ source }) => source)

const day = 86_400_000

type Parts = Readonly<Record<string, string | undefined>>

/** Midnight in milliseconds, as if in UTC; undefined where there is no such day. */
const dayOf = (parts: Parts): number | undefined => {
  const of = (name: string, fallback = 1) => Number(parts[name] ?? fallback)
  const at = new Date(0)
  if (parts.week === undefined) {
    at.setUTCFullYear(of('year'), of('month') - 1, of('day'))
    return at.getUTCMonth() === of('month') - 1 && at.getUTCDate() === of('day') && of('year') > 0 ? at.getTime() : undefined
  }
  if (of('week') === 0 || of('weekday') === 0 || of('weekday') > 7) return undefined
  // The fourth of January is in week 1 (ISO 8601).
  at.setUTCFullYear(of('year'), 0, 4)
  const monday = at.getTime() - ((at.getUTCDay() + 6) % 7) * day + (of('week') - 1) * day * 7
  const thursday = new Date(monday + 3 * day)
  return thursday.getUTCFullYear() === of('year') && of('year') > 0 ? monday + (of('weekday') - 1) * day : undefined
}

/** Microseconds since midnight. */
const sinceMidnight = ({ hour = '0', minute = '0', second = '0', fraction = '' }: Parts): number | undefined =>
  (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59
    ? undefined
    : ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0')))

/** How far ahead of UTC a zone is, in microseconds; undefined where it is none. */
const aheadOf = (zone: string): number | undefined => {
  if (zone === 'Z') return 0
  const parts = clocks.map(clock => new RegExp(`^[+-]${clock}$`).exec(zone)?.groups).find(groups => groups !== undefined)
  const ahead = parts && sinceMidnight(parts)
  return ahead === undefined ? undefined : zone.startsWith('-') ? -ahead : ahead
}

/** Any one character stands between the date and the time of day. */
const forms = dates.flatMap(date => clocks.map(clock => new RegExp(`^${date}(?:[^]${clock}(?<zone>Z|[+-][\\d:.,]+)?)?$`)))

/**
 * A date, with a time of day and a zone where they are given, in the forms of ISO 8601 that `datetime.fromisoformat` of Python 3.11 takes:
 * microseconds since the epoch; without a zone counted as in UTC, and `isLocal`. undefined: it is none.
 */
export const parseTime = (text: string): { readonly microseconds: number; readonly isLocal: boolean } | undefined => {
  const parts = forms.map(form => form.exec(text)?.groups as Parts | undefined).find(groups => groups !== undefined)
  if (!parts) return undefined
  const [midnight, since, ahead] = [dayOf(parts), sinceMidnight(parts), parts.zone === undefined ? 0 : aheadOf(parts.zone)]
  if (midnight === undefined || since === undefined || ahead === undefined) return undefined
  return { microseconds: midnight * 1000 + since - ahead, isLocal: parts.zone === undefined }
}
