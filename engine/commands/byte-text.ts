/**
 * Bytes as a string with one character (U+0000 to U+00FF) a byte, for tools that work on bytes whatever the locale (cut, tr, sort, uniq,
 * join ...): comparison, slicing and splitting of the string are those of the bytes.
 */
export function bytesToText(bytes: Uint8Array): string {
  // What the web calls latin1 is windows-1252: 0x80 to 0x9f become other characters, all above U+00FF.
  const text = latin1.decode(bytes.slice())
  return /[^\0-\xff]/.test(text) ? text.replace(/[^\0-\xff]/g, (character) => controls.get(character) ?? character) : text
}

const latin1 = new TextDecoder('latin1')
const controls = new Map(Array.from({ length: 32 }, (_, at) => [latin1.decode(Uint8Array.of(0x80 + at)), String.fromCharCode(0x80 + at)]))

export function textToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** An argument (UTF-8) in the same form. */
export const argumentToText = (argument: string) => bytesToText(new TextEncoder().encode(argument))
