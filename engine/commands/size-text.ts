const units = ['', 'K', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

/**
 * Bytes for people, rounded up as `ls -h`, `du -h` and `df -h` do: `512`, `1.1K`, `24M`; powers of `base` 1024, or of 1000 (`--si`, with a
 * small k).
 */
export function sizeText(bytes: number, base: 1000 | 1024 = 1024): string {
  let value = bytes
  let unit = 0
  while (value >= base && unit < units.length - 1) {
    value /= base
    unit++
  }
  if (unit === 0) return String(Math.ceil(value))
  const tenths = Math.ceil(value * 10) / 10
  let text = tenths < 10 ? tenths.toFixed(1) : String(Math.ceil(value))
  if (Number(text) >= base) {
    text = '1.0'
    unit++
  }
  return text + (base === 1000 && unit === 1 ? 'k' : units[unit] ?? '')
}

/** A number with GNU's multiplier (`10K`, `2MB`, `1GiB`, `3b` of 512): what -c, -n and --size take. undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(?:b|([kKmMGTPEZY])(B|iB)?|B)?$/.exec(text)
  if (!match) return undefined
  const [, digits = '', letter = '', suffix] = match
  if (text.endsWith('b')) return Number(digits) * 512
  return Number(digits) * (suffix === 'B' ? 1000 : 1024) ** units.indexOf(letter.toUpperCase())
}
