import { Failure } from './failure.ts'

const escapes: Readonly<Record<string, string>> = {
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '#': '#',
  $: '$',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: ' ',
}

/** Words of a string as `env -S` splits it: blanks, quotes, escapes, ${NAME}, and # for a comment. */
export function splitWords(text: string, variables: Readonly<Record<string, string>>): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  const fail = (message: string) => new Failure(message, { status: 125 })
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === quote) quote = ''
    else if (!quote && (character === '"' || character === "'")) {
      quote = character
      word ??= ''
    } else if (!quote && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (!quote && character === '#' && word === undefined) break
    else if (character === '\\' && (quote !== "'" || /['\\]/.test(text[at + 1] ?? ''))) {
      const letter = text[++at]
      if (letter === undefined) throw fail('invalid backslash at end of string in -S')
      if (letter === 'c') {
        if (quote) throw fail("'\\c' must not appear in double-quoted -S string")
        break
      }
      if (letter === '_' && !quote) {
        if (word !== undefined) words.push(word)
        word = undefined
        continue
      }
      if (escapes[letter] === undefined) throw fail(`invalid sequence '\\${letter}' in -S`)
      word = (word ?? '') + escapes[letter]
    } else if (character === '$' && quote !== "'") {
      const name = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(at))
      if (!name) throw fail(`only \${VARNAME} expansion is supported, error at: ${text.slice(at)}`)
      word = (word ?? '') + (variables[name[1]!] ?? '')
      at += name[0].length - 1
    } else word = (word ?? '') + character
  }
  if (quote) throw fail('no terminating quote in -S string')
  if (word !== undefined) words.push(word)
  return words
}
