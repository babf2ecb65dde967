/**
 * Names as GNU's tools show them (gnulib's quotearg, in a UTF-8 locale): so that a name with a blank, a quote or a control character
 * can be told from its surroundings and pasted back into a shell.
 */

const alwaysSpecial = /[\s!"$&'()*;<=>?[\\^`|]/
const controls: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r',
}
const unprintable = /[\x00-\x1f\x7f-\x9f]/

/** Quoted in any case: `'x'`, `'it'\''s'` or `"it's"`, `'a'$'\n''b'` (quotearg's shell-escape-always; coreutils' `quoteaf`). */
export function quoteName(name: string): string {
  // Double quotes where nothing in the name means anything between them: the shorter form.
  if (
    name.includes("'") &&
    [...name].every((c, at) => !unprintable.test(c) && !/[!"$&()*;<=>?[\\^`|{}]/.test(c) && !(at > 0 && /[#~]/.test(c)))
  ) {
    return `"${name}"`
  }
  let text = "'"
  let escaping = false
  for (const char of name) {
    if (unprintable.test(char)) {
      text += (escaping ? '' : "'$'") + escapeControl(char)
      escaping = true
      continue
    }
    if (char === "'") text += "'\\''"
    else text += (escaping ? "''" : '') + char
    escaping = false
  }
  return `${text}'`
}

/** Quoted only where a shell would need it (quotearg's shell-escape, as `ls` shows names on a terminal). */
export function quoteNameWhereNeeded(name: string): string {
  const special = name === '' || alwaysSpecial.test(name) || unprintable.test(name) || /^[#~]/.test(name) || name === '{' || name === '}'
  return special ? quoteName(name) : name
}

/** As a message starts with a name (`cat: x: reason`): a colon is quoted too (coreutils' `quotef`). */
export const quoteNameInMessage = (name: string) => (name.includes(':') ? quoteName(name) : quoteNameWhereNeeded(name))

/** A word that is no file name, such as an option's value: `'x'`, with C's escapes (coreutils' `quote` in the C locale). */
export const quoteWord = (word: string) =>
  `'${[...word].map((c) => (c === "'" || c === '\\' ? `\\${c}` : unprintable.test(c) ? escapeControl(c) : c)).join('')}'`

/** A string as C writes it: `"a\"b"` (`ls -Q`). */
export const quoteInC = (name: string) =>
  `"${[...name].map((c) => (c === '"' || c === '\\' ? `\\${c}` : unprintable.test(c) ? escapeControl(c) : c)).join('')}"`

function escapeControl(char: string): string {
  const known = controls[char]
  if (known) return known
  return [...new TextEncoder().encode(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
