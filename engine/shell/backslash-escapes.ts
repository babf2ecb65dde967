/**
 * Backslash escapes as bytes. Three places read them, each with rules of its own: `echo -e`, printf's format, and the argument of printf's
 * `%b`; and bash's builtins differ from coreutils' programs. Verified against bash 5.2 and coreutils 9.1.
 */
import { joinBytes } from '../bytes/join-bytes.ts'
import { encode } from './escapes.ts'

export type Dialect = 'bash' | 'coreutils'
export type EscapePlace = 'echo' | 'format' | 'argument'

export interface Escape {
  bytes: Uint8Array
  /** Index after the escape. */
  next: number
  /** `\c`: produce nothing more. */
  stop?: true
  /** What is wrong with it; bash goes on, coreutils' printf ends. */
  problem?: string
}

const single: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

/** Reads the escape whose backslash stands at `text[at]`. */
export function readEscape(text: string, at: number, place: EscapePlace, dialect: Dialect): Escape {
  const letter = text[at + 1]
  const literal = (length: number): Escape => ({ bytes: encode(text.slice(at, at + length)), next: at + length })
  if (letter === undefined) return literal(1)
  const known = single[letter] ?? (letter === 'E' && dialect === 'bash' ? 27 : undefined)
  if (known !== undefined) return { bytes: Uint8Array.of(known), next: at + 2 }
  const quotes = dialect === 'coreutils' ? (place === 'echo' ? '' : '"') : place === 'format' ? '"\'?' : ''
  if (quotes.includes(letter)) {
    return { bytes: encode(letter), next: at + 2 }
  }
  if (letter === 'c' && !(place === 'format' && dialect === 'bash')) return { bytes: new Uint8Array(), next: text.length, stop: true }
  if (letter >= '0' && letter <= '7') {
    const leadingZero = place !== 'format' && letter === '0'
    if (!leadingZero && place === 'echo' && dialect === 'bash') return literal(2)
    const digits = /^[0-7]{0,3}/.exec(text.slice(at + (leadingZero ? 2 : 1)))![0]
    return { bytes: Uint8Array.of(parseInt(digits || '0', 8) & 255), next: at + (leadingZero ? 2 : 1) + digits.length }
  }
  if (letter === 'x') {
    const digits = /^[0-9a-f]{0,2}/i.exec(text.slice(at + 2))![0]
    if (digits) return { bytes: Uint8Array.of(parseInt(digits, 16)), next: at + 2 + digits.length }
    if (place === 'echo') return literal(2)
    return { ...literal(2), problem: dialect === 'bash' ? 'missing hex digit for \\x' : 'missing hexadecimal number in escape' }
  }
  if ((letter === 'u' || letter === 'U') && !(place === 'echo' && dialect === 'coreutils')) {
    const most = letter === 'u' ? 4 : 8
    const digits = /^[0-9a-f]*/i.exec(text.slice(at + 2))![0].slice(0, most)
    if (dialect === 'coreutils' ? digits.length === most : digits.length > 0) {
      const code = parseInt(digits, 16)
      return {
        bytes: code <= 0x10ffff ? encode(String.fromCodePoint(code)) : literal(2 + digits.length).bytes,
        next: at + 2 + digits.length,
      }
    }
    if (place === 'echo') return literal(2)
    return { ...literal(2), problem: dialect === 'bash' ? `missing unicode digit for \\${letter}` : 'missing hexadecimal number in escape' }
  }
  return literal(2)
}

/** Expands all escapes of `text`, as for `echo -e` and `%b`. */
export function expandEscapes(
  text: string,
  place: EscapePlace,
  dialect: Dialect,
): { bytes: Uint8Array; stop: boolean; problems: string[] } {
  const parts: Uint8Array[] = []
  const problems: string[] = []
  let at = 0
  while (at < text.length) {
    const backslash = text.indexOf('\\', at)
    if (backslash === -1) break
    parts.push(encode(text.slice(at, backslash)))
    const escape = readEscape(text, backslash, place, dialect)
    parts.push(escape.bytes)
    if (escape.problem) problems.push(escape.problem)
    if (escape.stop) return { bytes: joinBytes(parts), stop: true, problems }
    at = escape.next
  }
  parts.push(encode(text.slice(at)))
  return { bytes: joinBytes(parts), stop: false, problems }
}
