/**
 * Bytes as text and back. Bytes that are no UTF-8 stand in text as lone surrogates U+DC80..U+DCFF (Python's surrogateescape), so that
 * what a shell reads it can write unchanged.
 */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes as text; a byte that is no UTF-8 becomes U+DC00 + byte. */
export function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes.slice())
  } catch {
    return decodeLoosely(bytes)
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
    try {
      if (!length || i + length > bytes.length) throw new TypeError('no UTF-8')
      out += strict.decode(bytes.slice(i, i + length))
      i += length
    } catch {
      out += String.fromCharCode(0xdc00 + first)
      i++
    }
  }
  return out
}

/** Text as UTF-8 bytes; the inverse of `decode`. */
export function encode(text: string): Uint8Array {
  const encoded = encodeIfNeeded(text)
  return typeof encoded === 'string' ? encoder.encode(encoded) : encoded
}

/** For a Writer, which encodes text itself: bytes only where the text stands for some that are no UTF-8. */
export function encodeIfNeeded(text: string): string | Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return text
  const chunks: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point >= 0xdc80 && point <= 0xdcff) chunks.push(point - 0xdc00)
    else chunks.push(...encoder.encode(character))
  }
  return Uint8Array.from(chunks)
}
