/**
 * Patterns (POSIX XCU 2.13): `*`, `?`, `[...]` with classes and ranges; a backslash quotes. `compilePattern` gives the source of a regular
 * expression; ranges go by code point (LC_COLLATE=C).
 */
const classes: Record<string, string> = {
  alnum: 'a-zA-Z0-9', alpha: 'a-zA-Z', blank: ' \\t', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9', graph: '\\x21-\\x7e', lower: 'a-z',
  print: '\\x20-\\x7e', punct: '!-\\/:-@\\[-`{-~', space: ' \\t-\\r', upper: 'A-Z', xdigit: '0-9A-Fa-f', word: 'A-Za-z0-9_',
}
const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
const escapeInClass = (text: string) => text.replace(/[\\^[\]-]/g, '\\$&')

/** The regular expression's source, without anchors. `lazy`: a star takes as little as it can. */
export function compilePattern(pattern: string, lazy = false): string {
  let out = ''
  for (let i = 0; i < pattern.length; ) {
    const character = String.fromCodePoint(pattern.codePointAt(i) ?? 0)
    if (character === '\\' && i + 1 < pattern.length) {
      const quoted = String.fromCodePoint(pattern.codePointAt(i + 1) ?? 0)
      out += escapeRegExp(quoted)
      i += 1 + quoted.length
      continue
    }
    const bracket = character === '[' ? readBracket(pattern, i) : undefined
    if (bracket) {
      out += bracket.source
      i = bracket.end
      continue
    }
    out += character === '*' ? (lazy ? '[^]*?' : '[^]*') : character === '?' ? '[^]' : escapeRegExp(character)
    i += character.length
  }
  return out
}

/** True when the whole text matches. */
export function matchesPattern(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${compilePattern(pattern)})$`, 'u').test(text)
}

/** Text as a pattern that matches only itself. */
export const quotePattern = (text: string) => text.replace(/[\\*?[\]!^-]/g, '\\$&')

/** True where the pattern can match anything but its own text. */
export const hasMagic = (pattern: string) => /^(?:[^\\]|\\[^])*?[*?[]/.test(pattern)

function readBracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let i = start + 1
  const negated = pattern[i] === '!' || pattern[i] === '^'
  if (negated) i++
  let set = ''
  for (let first = true; first || pattern[i] !== ']'; first = false) {
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i))
    if (named) {
      set += classes[named[1] ?? ''] ?? ''
      i += named[0].length
      continue
    }
    if (pattern[i] === undefined || pattern[i] === '/') return undefined
    const item = readItem(pattern, i)
    i = item.end
    if (pattern[i] === '-' && pattern[i + 1] !== ']' && pattern[i + 1] !== undefined) {
      const last = readItem(pattern, i + 1)
      i = last.end
      if (item.character <= last.character) set += `${escapeInClass(item.character)}-${escapeInClass(last.character)}`
    } else set += escapeInClass(item.character)
  }
  return { source: set ? `[${negated ? '^' : ''}${set}]` : negated ? '[^]' : '[^\\s\\S]', end: i + 1 }
}

function readItem(pattern: string, at: number): { character: string; end: number } {
  const from = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at
  const character = String.fromCodePoint(pattern.codePointAt(from) ?? 0)
  return { character, end: from + character.length }
}
