import { joinBytes } from '../bytes/join-bytes.ts'
import { readEscape } from './backslash-escapes.ts'
import { decode, encode } from './escapes.ts'

/** What stands between the quotes of `$'...'` (bash): printf's escapes, and `\cX` for control characters. */
export function readAnsiQuote(text: string): string {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < text.length; ) {
    const backslash = text.indexOf('\\', at)
    if (backslash < 0) {
      chunks.push(encode(text.slice(at)))
      break
    }
    chunks.push(encode(text.slice(at, backslash)))
    const letter = text[backslash + 2]
    if (text[backslash + 1] === 'c' && letter !== undefined) {
      chunks.push(Uint8Array.of(letter === '?' ? 0x7f : letter.charCodeAt(0) & 0x1f))
      at = backslash + 3
      continue
    }
    const escape = readEscape(text, backslash, 'format', 'bash')
    chunks.push(escape.bytes)
    at = escape.next
  }
  return decode(joinBytes(chunks))
}
