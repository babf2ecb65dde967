/**
 * x86-64's 80-bit `long double`, as bash's and coreutils' printf and seq compute with it: a 64-bit significand, correct rounding
 * of decimal input and exact decimal output. A JavaScript number has 53 bits: `printf %.20f 0.1` would show the difference.
 * Subnormals are flushed to zero.
 */
export type LongDouble =
  /** The value is sign * significand * 2 ** exponent. */
  | { kind: 'finite'; negative: boolean; significand: bigint; exponent: number }
  | { kind: 'infinite'; negative: boolean }
  | { kind: 'nan'; negative: boolean }

const BITS = 64
const MAX_EXPONENT = 16384
const bitLength = (n: bigint) => (n === 0n ? 0 : n.toString(2).length)

/** Nearest long double to numerator / denominator, ties to even. */
export function roundToLongDouble(numerator: bigint, denominator: bigint, negative: boolean): LongDouble {
  if (numerator === 0n) return { kind: 'finite', negative, significand: 0n, exponent: 0 }
  let exponent = bitLength(numerator) - bitLength(denominator) - BITS
  const quotientAt = (e: number) =>
    e >= 0 ? ([numerator, denominator << BigInt(e)] as const) : ([numerator << BigInt(-e), denominator] as const)
  if (bitLength(quotientAt(exponent)[0] / quotientAt(exponent)[1]) > BITS) exponent++
  const [n, d] = quotientAt(exponent)
  let significand = divideToNearestEven(n, d)
  if (bitLength(significand) > BITS) {
    significand >>= 1n
    exponent++
  }
  if (exponent + BITS > MAX_EXPONENT) return { kind: 'infinite', negative }
  if (exponent + BITS < -MAX_EXPONENT + 3) return { kind: 'finite', negative, significand: 0n, exponent: 0 }
  return { kind: 'finite', negative, significand, exponent }
}

function divideToNearestEven(n: bigint, d: bigint): bigint {
  const quotient = n / d
  const twice = (n % d) * 2n
  return twice > d || (twice === d && (quotient & 1n) === 1n) ? quotient + 1n : quotient
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?/i
const hexadecimal = /^[+-]?0x([0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p([+-]?\d+))?/i

/** `strtold`: the number at the start of `text` (after white space), how many characters it took (0: none), and whether it overflowed. */
export function parseLongDouble(text: string): { value: LongDouble; length: number; outOfRange: boolean } {
  const space = /^[ \t\n\v\f\r]*/.exec(text)![0].length
  const rest = text.slice(space)
  const negative = rest.startsWith('-')
  const special = /^[+-]?(?:(inf(?:inity)?)|nan(?:\(\w*\))?)/i.exec(rest)
  if (special) return { value: { kind: special[1] ? 'infinite' : 'nan', negative }, length: space + special[0].length, outOfRange: false }
  const hex = hexadecimal.exec(rest)
  const match = hex ?? decimal.exec(rest)
  if (!match) return { value: { kind: 'finite', negative: false, significand: 0n, exponent: 0 }, length: 0, outOfRange: false }
  const [whole = '', fraction = ''] = match[1]!.split('.')
  const digits = BigInt((hex ? '0x' : '') + (whole + fraction || '0'))
  const bound = (n: number) => Math.max(-20000, Math.min(20000, n))
  const power = bound(Number(match[2] ?? 0)) - fraction.length * (hex ? 4 : 1)
  const base = hex ? 2n : 10n
  const value =
    power >= 0
      ? roundToLongDouble(digits * base ** BigInt(power), 1n, negative)
      : roundToLongDouble(digits, base ** BigInt(-power), negative)
  const lost = digits !== 0n && value.kind === 'finite' && value.significand === 0n
  return { value, length: space + match[0].length, outOfRange: value.kind === 'infinite' || lost }
}

const fractionOf = (value: LongDouble & { kind: 'finite' }): [bigint, bigint] =>
  value.exponent >= 0 ? [value.significand << BigInt(value.exponent), 1n] : [value.significand, 1n << BigInt(-value.exponent)]

/** Sum and product, rounded as the FPU rounds. */
export function addLongDoubles(a: LongDouble, b: LongDouble): LongDouble {
  if (a.kind !== 'finite') return a
  if (b.kind !== 'finite') return b
  const [an, ad] = fractionOf(a)
  const [bn, bd] = fractionOf(b)
  const sum = (a.negative ? -an : an) * bd + (b.negative ? -bn : bn) * ad
  return roundToLongDouble(sum < 0n ? -sum : sum, ad * bd, sum < 0n)
}

export function multiplyLongDoubles(a: LongDouble, b: LongDouble): LongDouble {
  if (a.kind !== 'finite') return a
  if (b.kind !== 'finite') return b
  const [an, ad] = fractionOf(a)
  const [bn, bd] = fractionOf(b)
  return roundToLongDouble(an * bn, ad * bd, a.negative !== b.negative)
}

/** -1, 0 or 1; NaN sorts before everything, as sort -g has it. */
export function compareLongDoubles(a: LongDouble, b: LongDouble): number {
  if (a.kind === 'nan' || b.kind === 'nan') return Number(a.kind !== 'nan') - Number(b.kind !== 'nan')
  const rank = (v: LongDouble) => (v.kind === 'infinite' ? (v.negative ? -1 : 1) : 0)
  if (a.kind !== 'finite' || b.kind !== 'finite') return Math.sign(rank(a) - rank(b))
  const [an, ad] = fractionOf(a)
  const [bn, bd] = fractionOf(b)
  const left = (a.negative ? -an : an) * bd
  const right = (b.negative ? -bn : bn) * ad
  return left < right ? -1 : left > right ? 1 : 0
}

/** The magnitude (no sign) in one of C's conversions: a e f g, or upper case. `alternate` is the `#` flag. */
export function formatLongDouble(value: LongDouble, conversion: string, precision: number | undefined, alternate: boolean): string {
  const lower = conversion.toLowerCase()
  const text =
    value.kind === 'infinite'
      ? 'inf'
      : value.kind === 'nan'
        ? 'nan'
        : lower === 'a'
          ? hexForm(value, precision, alternate)
          : lower === 'f'
            ? fixedForm(value, precision ?? 6, alternate)
            : lower === 'e'
              ? exponentForm(value, precision ?? 6, alternate)
              : generalForm(value, precision ?? 6, alternate)
  return lower === conversion ? text : text.toUpperCase()
}

function fixedForm(value: LongDouble & { kind: 'finite' }, precision: number, alternate: boolean): string {
  const [n, d] = fractionOf(value)
  const digits = divideToNearestEven(n * 10n ** BigInt(precision), d)
    .toString()
    .padStart(precision + 1, '0')
  if (precision === 0) return digits + (alternate ? '.' : '')
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
}

/** Significant digits (precision + 1 of them) and the decimal exponent of the first. */
function scientific(value: LongDouble & { kind: 'finite' }, precision: number): { digits: string; exponent: number } {
  if (value.significand === 0n) return { digits: '0'.repeat(precision + 1), exponent: 0 }
  const [n, d] = fractionOf(value)
  let exponent = n.toString().length - d.toString().length
  if (n < (d * 10n ** BigInt(Math.max(exponent, 0))) / 10n ** BigInt(Math.max(-exponent, 0))) exponent--
  for (;;) {
    const shift = precision - exponent
    const digits = (
      shift >= 0 ? divideToNearestEven(n * 10n ** BigInt(shift), d) : divideToNearestEven(n, d * 10n ** BigInt(-shift))
    ).toString()
    if (digits.length === precision + 1) return { digits, exponent }
    exponent += digits.length > precision + 1 ? 1 : -1
  }
}

function exponentForm(value: LongDouble & { kind: 'finite' }, precision: number, alternate: boolean): string {
  const { digits, exponent } = scientific(value, precision)
  const point = precision > 0 || alternate ? '.' : ''
  return `${digits[0]}${point}${digits.slice(1)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function generalForm(value: LongDouble & { kind: 'finite' }, precision: number, alternate: boolean): string {
  const significant = precision || 1
  const { exponent } = scientific(value, significant - 1)
  const fixed = exponent >= -4 && exponent < significant
  const text = fixed ? fixedForm(value, significant - 1 - exponent, alternate) : exponentForm(value, significant - 1, alternate)
  return alternate ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}

function hexForm(value: LongDouble & { kind: 'finite' }, precision: number | undefined, alternate: boolean): string {
  let { significand, exponent } = value
  if (significand !== 0n) exponent += 60
  if (precision !== undefined && precision < 15) {
    const dropped = BigInt(4 * (15 - precision))
    significand = divideToNearestEven(significand, 1n << dropped) << dropped
    if (bitLength(significand) > BITS) {
      significand >>= 4n
      exponent += 4
    }
  }
  const digits = significand.toString(16).padStart(16, '0')
  const tail = precision === undefined ? digits.slice(1).replace(/0+$/, '') : digits.slice(1).padEnd(precision, '0').slice(0, precision)
  return `0x${digits[0]}${tail || alternate ? '.' : ''}${tail}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}
