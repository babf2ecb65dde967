export { compareCodePoints } from './compare-code-points.ts'

/**
 * What Python's `str.isspace` says yes to, as the inside of a character class. JavaScript's `\s` lacks \x1c-\x1f and \x85,
 * and has \ufeff.
 */
export const pythonSpace = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const oneSpace = new RegExp(`[${pythonSpace}]`)

/** `str.strip()`. Not by a regular expression: one for the end takes a time that is the square of a long gap's length. */
export const strip = (text: string): string => {
  let [start, end] = [0, text.length]
  while (start < end && oneSpace.test(text.charAt(start))) start++
  while (end > start && oneSpace.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** `str.splitlines(keepends=True)`: at all the ends of lines that Python knows, form feeds and Unicode's among them. */
export const splitLinesKeepingEnds = (text: string): string[] =>
  text.split(/(?<=\r\n|\r(?!\n)|[\n\v\f\x1c-\x1e\x85\u2028\u2029])/).filter(line => line !== '')

/** `str.splitlines()`. */
export const splitLines = (text: string): string[] =>
  splitLinesKeepingEnds(text).map(line => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''))

/** What `repr` shows as an escape: controls, what is invisible, what is not assigned, and every space but the one of ASCII. */
const unprintable = /[\p{C}\p{Z}]/u

/** `repr(text)`, as Python's messages quote what they refuse. */
export const pythonRepr = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', [quote]: `\\${quote}` }
  const shownAs = (character: string): string => {
    const escape = escapes[character]
    if (escape !== undefined) return escape
    if (character === ' ' || !unprintable.test(character)) return character
    const code = character.codePointAt(0) ?? 0
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
  }
  return quote + Array.from(text, shownAs).join('') + quote
}
