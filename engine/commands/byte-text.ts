/**
 * Bytes as a string with one character (U+0000 to U+00FF) a byte, for tools that work on bytes whatever the locale (cut, tr, sort, uniq,
 * join ...): comparison, slicing and splitting of the string are those of the bytes.
 */
export function bytesToText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export function textToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** An argument (UTF-8) in the same form. */
export const argumentToText = (argument: string) => bytesToText(new TextEncoder().encode(argument))
