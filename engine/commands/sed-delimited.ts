const controls: Readonly<Record<string, string>> = { n: '\n', a: '\x07', f: '\f', r: '\r', t: '\t', v: '\v' }

/**
 * A sed script's text from `from` up to an unescaped delimiter, and the index behind that; the text is undefined where the delimiter
 * never comes. An escaped delimiter loses its backslash. In a pattern \n, \t and the like become the characters, in bracket expressions
 * too, and a delimiter in a bracket expression does not count.
 */
export function delimitedText(
  text: string,
  from: number,
  delimiter: string,
  isPattern: boolean,
): { text: string | undefined; next: number } {
  let at = from
  let out = ''
  while (at < text.length) {
    const character = text[at]!
    if (character === delimiter) {
      at++
      return { text: out, next: at }
    }
    if (isPattern && character === '\n') return { text: undefined, next: at }
    if (isPattern && character === '[') {
      const bracket = /^\[\^?\]?(?:\[[:.=].*?[:.=]\]|\\.|[^\]\\])*\]/s.exec(text.slice(at))?.[0]
      if (bracket === undefined) {
        at = text.length
        return { text: undefined, next: at }
      }
      out += bracket.replace(/\\([nafrtv])/g, (_, letter: string) => controls[letter]!)
      at += bracket.length
      continue
    }
    at++
    if (character !== '\\') {
      out += character
      continue
    }
    const next = text[at++]
    if (next === undefined) return { text: undefined, next: at }
    const code = isPattern ? /^(?:x([0-9A-Fa-f]{2})|o([0-7]{3})|d(\d{3}))/.exec(text.slice(at - 1)) : null
    if (next === delimiter) out += isPattern && /[\^$.*[\]+?(){}|&]/.test(delimiter) ? `\\${delimiter}` : next === '&' ? '\\&' : delimiter
    else if (isPattern && controls[next] !== undefined) out += controls[next]
    else if (code) {
      out += `\\${String.fromCharCode(parseInt(code[1] ?? code[2] ?? code[3]!, code[1] ? 16 : code[2] ? 8 : 10))}`
      at += code[0].length - 1
    } else out += `\\${next}`
  }
  return { text: undefined, next: at }
}
