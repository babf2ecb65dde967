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

/** In one pass: a zip file behind a script's text has a million bytes that are no UTF-8. */
function decodeLoosely(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0
    const size = characterLength(bytes, at)
    if (size < 2) {
      units[length++] = size === 0 ? 0xdc00 + first : first
      at++
      continue
    }
    let point = first & (0xff >> (size + 1))
    for (const end = at + size; ++at < end; ) point = (point << 6) | ((bytes[at] ?? 0) & 0x3f)
    if (point < 0x10000) units[length++] = point
    else {
      units[length++] = 0xd7c0 + (point >> 10)
      units[length++] = 0xdc00 + (point & 0x3ff)
    }
  }
  let text = ''
  for (let from = 0; from < length; from += CHUNK) text += String.fromCharCode(...units.subarray(from, Math.min(from + CHUNK, length)))
  return text
}

/** Code units that one call takes as its arguments. */
const CHUNK = 8192

/** How many bytes the character at `at` takes, 0 where none stands (The Unicode Standard, table 3-7). */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0
    if (byte < 0x80 || byte > 0xbf) return 0
  }
  const second = bytes[at + 1] ?? 0
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const beyond = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  return overlong || beyond ? 0 : length
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
