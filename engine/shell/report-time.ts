/**
 * What the reserved word `time` prints. `milliseconds` is the elapsed time, `used` the processor time, which counts as the user's; `format`
 * is TIMEFORMAT (%R %U %S %P %%, with a precision and `l`).
 */
export function reportTime(milliseconds: number, used: number, style: 'bash' | 'posix', format: string | undefined): string {
  const wanted = style === 'posix' ? 'real %2R\nuser %2U\nsys %2S' : (format ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS')
  if (wanted === '') return ''
  const text = wanted.replace(/%(\d?)(l?)([RUSP%])/g, (_, digits: string, long: string, letter: string) => {
    if (letter === '%') return '%'
    const precision = Math.min(3, digits === '' ? 3 : Number(digits))
    if (letter === 'P') return milliseconds > 0 ? ((used / milliseconds) * 100).toFixed(2) : '0.00'
    const seconds = (letter === 'R' ? milliseconds : letter === 'U' ? used : 0) / 1000
    if (!long) return seconds.toFixed(precision)
    return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(precision)}s`
  })
  return `${text}\n`
}
