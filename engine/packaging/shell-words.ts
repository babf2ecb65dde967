/** Splits text into words as Python's `shlex.split` does; `undefined` where a quote or an escape is not ended. */
export const shellWords = (text: string): string[] | undefined => {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (quote !== '' && char === quote) {
      quote = ''
    } else if (char === '\\' && quote !== "'") {
      const next = text.charAt(++i)
      if (next === '') return undefined
      word = (word ?? '') + (quote === '' || next === quote || next === '\\' ? next : char + next)
    } else if (quote !== '') {
      word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (' \t\r\n'.includes(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== '') return undefined
  return word === undefined ? words : [...words, word]
}
