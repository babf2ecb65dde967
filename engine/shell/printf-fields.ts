import type { Dialect } from './backslash-escapes.ts'

/** A directive's flags, width and precision, as C's printf reads them. */
export interface FieldShape {
  left: boolean
  plus: boolean
  space: boolean
  alternate: boolean
  zero: boolean
  /** In bytes. */
  width?: number
  precision?: number | undefined
}

const MAX = 2n ** 63n - 1n
const MIN = -(2n ** 63n)
const MAX_UNSIGNED = 2n ** 64n - 1n

/**
 * An integer argument: strtoimax with base 0, or the code of the character after a quote.
 * `message` says what was wrong (exit status 1), `warning` what was merely dropped.
 */
export function parsePrintfInteger(
  text: string,
  unsigned: boolean,
  dialect: Dialect,
): { value: bigint; message?: string; warning?: string } {
  const quoted = /^["'](.?)(.*)$/su.exec(text)
  if (quoted && (quoted[1] || dialect === 'bash')) {
    const value = BigInt(quoted[1] ? quoted[1].codePointAt(0)! : 0)
    if (!quoted[2] || dialect === 'bash') return { value }
    return { value, warning: `warning: ${quoted[2]}: character(s) following character constant have been ignored` }
  }
  const match = /^[ \t\n\v\f\r]*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)/i.exec(text)
  if (!match) {
    if (text === '') return { value: 0n }
    return {
      value: 0n,
      message: dialect === 'bash' ? `${text}: ${invalidNumber(text)}` : `${quoted ? "'\\''" : `'${text}'`}: expected a numeric value`,
    }
  }
  const digits = match[2]!
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
  const value = match[1] === '-' ? -size : size
  const clamped = unsigned
    ? size > MAX_UNSIGNED
      ? MAX_UNSIGNED
      : BigInt.asUintN(64, value)
    : value > MAX
      ? MAX
      : value < MIN
        ? MIN
        : value
  if (unsigned ? size > MAX_UNSIGNED : clamped !== value) {
    const reason = 'Numerical result out of range'
    return dialect === 'bash'
      ? { value: clamped, warning: `warning: ${text}: ${reason}` }
      : { value: clamped, message: `'${text}': ${reason}` }
  }
  if (match[0].length === text.length) return { value: clamped }
  return { value: clamped, message: dialect === 'bash' ? `${text}: ${invalidNumber(text)}` : `'${text}': value not completely converted` }
}

const invalidNumber = (text: string) =>
  /^0\d/.test(text) ? 'invalid octal number' : text.startsWith('0x') ? 'invalid hex number' : 'invalid number'

const atLeast = (digits: string, precision: number | undefined) =>
  precision === 0 && digits === '0' ? '' : digits.padStart(precision ?? 1, '0')

export function formatSigned(value: bigint, shape: FieldShape): string {
  const sign = value < 0n ? '-' : shape.plus ? '+' : shape.space ? ' ' : ''
  return sign + atLeast((value < 0n ? -value : value).toString(), shape.precision)
}

export function formatUnsigned(value: bigint, conversion: string, shape: FieldShape): string {
  const base = conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16
  const digits = atLeast(value.toString(base), shape.precision)
  if (conversion === 'o') return shape.alternate && !digits.startsWith('0') ? `0${digits}` : digits
  const text = (shape.alternate && base === 16 && value !== 0n ? '0x' : '') + digits
  return conversion === 'X' ? text.toUpperCase() : text
}

/** Pads to the width, in bytes; zeros go after a sign or 0x and only where no precision is given. */
export function padField(bytes: Uint8Array, shape: FieldShape): Uint8Array {
  const missing = (shape.width ?? 0) - bytes.length
  if (missing <= 0) return bytes
  const padded = new Uint8Array(bytes.length + missing)
  if (shape.left || !shape.zero || shape.precision !== undefined) {
    padded.fill(32)
    padded.set(bytes, shape.left ? 0 : missing)
    return padded
  }
  const prefix = /^[+\- ]?(?:0[xX])?/.exec(String.fromCharCode(...bytes.subarray(0, 3)))![0].length
  padded.fill(48)
  padded.set(bytes.subarray(0, prefix))
  padded.set(bytes.subarray(prefix), prefix + missing)
  return padded
}
