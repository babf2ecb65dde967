const special = /[^A-Za-z0-9_%+\-./:=@\u0080-\u{10ffff}]/u
const controls: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 27: '\\E' }

/**
 * `text` quoted so that a shell reads it back as one word, in the style of bash's `printf %q` and of its completion: `a\ b`, `$'a\nb'`,
 * `''`.
 */
export function backslashQuote(text: string): string {
  if (text === '') return "''"
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    const inner = [...text].map((character) => {
      const code = character.codePointAt(0)!
      if (controls[code]) return controls[code]
      if (code < 32 || code === 127) return `\\${code.toString(8).padStart(3, '0')}`
      return character === "'" || character === '\\' ? `\\${character}` : character
    })
    return `$'${inner.join('')}'`
  }
  return Array.from(text, (character, index) => {
    // A tilde and a comment sign mean something at a word's start only; a tilde also after : and = (assignments).
    if (character === '~') return index === 0 || ':='.includes(text[index - 1]!) ? '\\~' : character
    if (character === '#') return index === 0 ? '\\#' : character
    return special.test(character) ? `\\${character}` : character
  }).join('')
}
