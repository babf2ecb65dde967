/**
 * POSIX regular expressions (basic and extended, with GNU's \+ \? \| \w \b \< ...) as JavaScript's. Text is what `decode` of
 * shell/escapes.ts makes. The leftmost match is the same in both worlds; POSIX wants the longest there (XBD 9.1), which
 * `PosixRegExp.exec` looks for where it can differ.
 */
import { bracketExpression } from './bracket-expression.ts'
import { RegExpSyntaxError } from './regexp-syntax-error.ts'

export interface RegExpFlavour {
  extended: boolean
  ignoreCase?: boolean
  /** sed's M: ^ and $ also match at newlines. */
  multiline?: boolean
  /** grep's -w and -x: the match must be whole words, or the whole line. */
  within?: 'word' | 'line'
  /** In an extended expression, braces that hold no interval stand for themselves (grep -E), instead of being an error (sed -E). */
  literalIntervals?: boolean
  /** Told what is suspicious but works. */
  warn?: (message: string) => void
}

export interface PosixMatch {
  start: number
  end: number
  /** Texts of the groups, 1 first; undefined where one took no part. */
  groups: (string | undefined)[]
}
export interface PosixRegExp {
  readonly groups: number
  /** The leftmost, longest match at or after `from`. */
  exec(text: string, from?: number): PosixMatch | undefined
  test(text: string): boolean
}

const WORD = '[\\p{Alphabetic}\\p{Nd}_]'
const boundary = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`
const gnuEscapes: Readonly<Record<string, string>> = {
  w: WORD,
  W: WORD.replace('[', '[^'),
  s: '\\s',
  S: '\\S',
  b: boundary,
  B: `(?!${boundary})`,
  '<': `(?<!${WORD})(?=${WORD})`,
  '>': `(?<=${WORD})(?!${WORD})`,
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
}
const escapeLiteral = (character: string) => (/[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character)

/** Throws RegExpSyntaxError with glibc's words. */
export function compilePosix(pattern: string, flavour: RegExpFlavour): PosixRegExp {
  const { source, groups, ambiguous } = translate(pattern, flavour)
  return fromSource(source, flavour, groups, ambiguous)
}

/** A pattern in which every character stands for itself. */
export const compileLiteral = (text: string, flavour: Omit<RegExpFlavour, 'extended'>) =>
  fromSource([...text].map(escapeLiteral).join(''), flavour, 0, false)

/** A regular expression already in JavaScript's syntax; `ambiguous` asks for the longest match. */
export function fromSource(inner: string, { ignoreCase, within }: Partial<RegExpFlavour>, groups = 0, ambiguous = false): PosixRegExp {
  const source = within === 'line' ? `^(?:${inner})$` : within === 'word' ? `(?<!${WORD})(?:${inner})(?!${WORD})` : inner
  const flags = ignoreCase ? 'i' : ''
  const anywhere = new RegExp(source, `gsu${flags}`)
  const longer = new Map<number, RegExp>()
  const reaching = (length: number) => {
    const known = longer.get(length)
    if (known) return known
    const made = new RegExp(`(?:${source})(?<=^[\\s\\S]{${length},})`, `su${flags}y`)
    longer.set(length, made)
    return made
  }
  return {
    groups,
    exec(text, from = 0) {
      anywhere.lastIndex = from
      let found = anywhere.exec(text)
      if (!found) return undefined
      const start = found.index
      let end = start + found[0].length
      while (ambiguous && end < text.length) {
        // Code points, as the u flag counts them; one more than the match has so far.
        const pattern = reaching(codePoints(text, end) + 1)
        pattern.lastIndex = start
        const more = pattern.exec(text)
        if (!more) break
        found = more
        end = start + more[0].length
      }
      return { start, end, groups: found.slice(1) }
    },
    test(text) {
      anywhere.lastIndex = 0
      return anywhere.test(text)
    },
  }
}

function codePoints(text: string, end: number): number {
  let count = end
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xdc00 && text.charCodeAt(at + 1) >>> 10 === 0x37) count--
  }
  return count
}

function translate(
  pattern: string,
  { extended, multiline, literalIntervals, warn }: RegExpFlavour,
): { source: string; groups: number; ambiguous: boolean } {
  let source = ''
  let groups = 0
  let ambiguous = false
  /** Where each open group's source began, and its number. */
  const open: { at: number; group: number }[] = []
  const closed = new Set<number>()
  /** Start in `source` of the atom a following repetition applies to; -1 where none. */
  let atom = -1
  let at = 0
  const start = multiline ? '(?:^|(?<=\\n))' : '^'
  const end = multiline ? '(?=\\n|$)' : '$'
  const pushAtom = (text: string) => {
    atom = source.length
    source += text
  }
  const pushAssertion = (text: string) => {
    source += text
    atom = -1
  }
  const openGroup = () => {
    open.push({ at: source.length, group: ++groups })
    source += '('
    atom = -1
  }
  const closeGroup = () => {
    const group = open.pop()
    if (!group) throw new RegExpSyntaxError('Unmatched ) or \\)')
    closed.add(group.group)
    source += ')'
    atom = group.at
  }
  const alternate = () => {
    source += '|'
    atom = -1
    ambiguous = true
  }
  const repeat = (text: string) => {
    const repeated = source.slice(atom)
    if (text === '?' || text.startsWith('{') || repeated.startsWith('(')) ambiguous = true
    // A repetition of a repetition (a**) needs a group in JavaScript.
    const again = /[*+?}]$/.test(repeated) && !/\\.$/.test(repeated)
    source = source.slice(0, atom) + (again ? `(?:${repeated})` : repeated) + text
  }
  /** `{m,n}` whose text begins at `from`; undefined where it is no interval. */
  const interval = (from: number, close: string): { text: string; next: number } => {
    const stop = pattern.indexOf(close, from)
    if (stop === -1) throw new RegExpSyntaxError('Unmatched \\{')
    const match = /^(\d*)(,(\d*))?$/.exec(pattern.slice(from, stop))
    if (!match || (match[1] === '' && match[2] === undefined)) throw new RegExpSyntaxError('Invalid content of \\{\\}')
    const [low, high] = [Number(match[1] || 0), match[3] ? Number(match[3]) : undefined]
    if (high !== undefined && low > high) throw new RegExpSyntaxError('Invalid content of \\{\\}')
    if (low > 32767 || (high ?? 0) > 32767) throw new RegExpSyntaxError('Regular expression too big')
    return { text: `{${low}${match[2] === undefined ? '' : `,${high ?? ''}`}}`, next: stop + close.length }
  }
  const atBranchStart = () => source === '' || /(?:^|[^\\])(?:\\\\)*[(|]$/.test(source)

  while (at < pattern.length) {
    const character = String.fromCodePoint(pattern.codePointAt(at)!)
    const next = pattern[at + 1]
    if (character === '\\') {
      if (next === undefined) throw new RegExpSyntaxError('Trailing backslash')
      at += 2
      if (!extended && next === '(') openGroup()
      else if (!extended && next === ')') closeGroup()
      else if (!extended && next === '|') alternate()
      else if (!extended && next === '{' && atom !== -1) {
        const { text, next: after } = interval(at, '\\}')
        repeat(text)
        at = after
      } else if (!extended && next === '{') throw new RegExpSyntaxError('Invalid preceding regular expression')
      else if (!extended && (next === '+' || next === '?')) {
        if (atom === -1) pushAtom(`\\${next}`)
        else repeat(next)
      } else if (next >= '1' && next <= '9') {
        if (!closed.has(Number(next))) throw new RegExpSyntaxError('Invalid back reference')
        pushAtom(`(?:\\${next})`)
      } else if (next === 'n') pushAtom('\\n')
      else if (gnuEscapes[next] !== undefined)
        (next === 'w' || next === 'W' || next === 's' || next === 'S' ? pushAtom : pushAssertion)(gnuEscapes[next]!)
      else {
        if (/[a-zA-Z0-9]/.test(next)) warn?.(`stray \\ before ${next}`)
        pushAtom(escapeLiteral(next))
      }
      continue
    }
    if (character === '[') {
      const { source: bracket, next: after } = bracketExpression(pattern, at)
      pushAtom(bracket)
      at = after
      continue
    }
    at += character.length
    if (character === '.') pushAtom('.')
    else if (character === '*') {
      if (atom !== -1) repeat('*')
      else if (!extended) pushAtom('\\*')
      else warn?.('* at start of expression')
    } else if (extended && (character === '+' || character === '?')) {
      if (atom !== -1) repeat(character)
      else warn?.(`${character} at start of expression`)
    } else if (extended && character === '{') {
      const literal = literalIntervals && (!/^\d*,?\d*\}/.test(pattern.slice(at)) || pattern[at] === '}')
      if (atom === -1 || literal) pushAtom('\\{')
      else {
        const { text, next: after } = interval(at, '}')
        repeat(text)
        at = after
      }
    } else if (extended && character === '(') openGroup()
    else if (extended && character === ')') closeGroup()
    else if (extended && character === '|') alternate()
    else if (character === '^' && (extended || atBranchStart())) pushAssertion(start)
    else if (character === '$' && (extended || at >= pattern.length || /^\\[)|]/.test(pattern.slice(at)))) pushAssertion(end)
    else pushAtom(escapeLiteral(character))
  }
  if (open.length) throw new RegExpSyntaxError('Unmatched ( or \\(')
  return { source, groups, ambiguous }
}
