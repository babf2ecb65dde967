const special = /[*?[\\]/

export const isPattern = (text: string) => special.test(text)

/**
 * Info-ZIP's wildcards, as a test for names: `*` and `?` match slashes too, `[a-z]` and `[!a-z]` are sets, `\` takes the next character
 * as it is.
 * A `[` without its `]` matches nothing but itself.
 */
export function compilePattern(pattern: string, ignoreCase = false): (name: string) => boolean {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!
    if (char === '*') {
      // A run of stars is one: many in a row would make the matching exponential.
      if (pattern[at - 1] !== '*' || pattern[at - 2] === '\\') source += '[^]*'
    } else if (char === '?') source += '[^]'
    else if (char === '[') {
      const end = closingBracket(pattern, at)
      if (end === -1) source += '\\['
      else {
        source += setSource(pattern.slice(at + 1, end))
        at = end
      }
    } else if (char === '\\' && at + 1 < pattern.length) source += literal(pattern[++at]!)
    else source += literal(char)
  }
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'iu' : 'u')
  return (name) => expression.test(name)
}

const literal = (char: string) => (/[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char)

function closingBracket(pattern: string, open: number): number {
  for (let at = open + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']' && at > open + 1) return at
  }
  return -1
}

function setSource(set: string): string {
  const negative = set.startsWith('!') || set.startsWith('^')
  const members = (negative ? set.slice(1) : set).replace(/\\(.)/gu, '$1')
  let source = ''
  for (let at = 0; at < members.length; at++) {
    const from = members[at]!
    const to = members[at + 1] === '-' ? members[at + 2] : undefined
    if (to === undefined) source += setMember(from)
    else {
      if (from <= to) source += `${setMember(from)}-${setMember(to)}`
      at += 2
    }
  }
  if (source === '') return negative ? '[^]' : '[]'
  return `[${negative ? '^' : ''}${source}]`
}

const setMember = (char: string) => (/[\\\]^[-]/.test(char) ? `\\${char}` : char)
