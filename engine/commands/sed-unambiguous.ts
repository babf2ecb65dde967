import { encode } from '../shell/escapes.ts'

const named: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 92: '\\\\' }

/** A line as sed's `l` shows it: everything unprintable escaped, folded to `width` columns (0 and 1: never), `$` at its end. */
export function unambiguous(text: string, width: number): string {
  const pieces = Array.from(
    encode(text),
    (byte) => named[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`),
  )
  let out = ''
  let column = 0
  for (const piece of pieces) {
    if (width > 1 && column + piece.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += piece
    column += piece.length
  }
  return `${out}$\n`
}
