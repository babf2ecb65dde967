/**
 * Milliseconds since the epoch until which an answer that came `now` needs no asking again (RFC 9111), `now` itself where it must be
 * asked each time; undefined where it must not be kept.
 */
export const freshUntil = (headers: Headers, now: number): number | undefined => {
  const directives = new Map((headers.get('Cache-Control') ?? '').toLowerCase().split(',').map(part => {
    const [name = '', value] = part.trim().split('=')
    return [name, value?.replaceAll('"', '')] as const
  }))
  if (directives.has('no-store')) return undefined
  if (directives.has('no-cache')) return now
  const age = Number(headers.get('Age') ?? 0) || 0
  const maxAge = directives.get('max-age')
  if (maxAge !== undefined && /^\d+$/.test(maxAge)) return now + Math.max(0, Number(maxAge) - age) * 1000
  const expires = Date.parse(headers.get('Expires') ?? '')
  const date = Date.parse(headers.get('Date') ?? '')
  return Number.isNaN(expires) ? now : now + Math.max(0, expires - (Number.isNaN(date) ? now : date))
}
