import { PexError } from './pex-error.ts'

/** Python's `shlex.split` in its POSIX mode. Throws PexError for a quotation that does not end. */
export const splitWords = (text: string): string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (quote === "'" ? character === "'" : quote === '"' && character === '"') quote = ''
    else if (quote === "'") word += character
    else if (character === '\\') {
      const next = text[++at]
      if (next === undefined) throw new PexError('No escaped character')
      word = `${word ?? ''}${quote && next !== '"' && next !== '\\' ? '\\' : ''}${next}`
    } else if (quote) word += character
    else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote) throw new PexError('No closing quotation')
  return word === undefined ? words : [...words, word]
}
