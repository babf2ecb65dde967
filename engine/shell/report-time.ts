/**
 * What the reserved word `time` prints. Only the elapsed time is known: the kernel does not count processor time, so user and sys are 0.
 * `milliseconds` is the elapsed time; `format` is TIMEFORMAT (%R %U %S %P %%, with a precision and `l`).
 */
export function reportTime(milliseconds: number, style: 'bash' | 'posix', format: string | undefined): string {
  const wanted = style === 'posix' ? 'real %2R\nuser %2U\nsys %2S' : (format ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS')
  if (wanted === '') return ''
  const text = wanted.replace(/%(\d?)(l?)([RUSP%])/g, (_, digits: string, long: string, letter: string) => {
    if (letter === '%') return '%'
    const precision = Math.min(3, digits === '' ? 3 : Number(digits))
    const seconds = letter === 'R' ? milliseconds / 1000 : 0
    if (!long || letter === 'P') return seconds.toFixed(letter === 'P' ? 2 : precision)
    return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(precision)}s`
  })
  return `${text}\n`
}
