import { RegExpSyntaxError } from './regexp-syntax-error.ts'

/** Contents of a JavaScript (u-flag) character class for each POSIX class, as glibc's C.UTF-8 locale has them. */
const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{Alphabetic}',
  digit: '0-9',
  alnum: '\\p{Alphabetic}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\t-\\r \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000',
  blank: '\\t \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000',
  punct: '!-\\/:-@\\[-`\\{-~\\p{P}\\p{S}',
  print: '\\P{C}',
  graph: '[^\\p{C}\\p{Z}]',
  cntrl: '\\p{Cc}\\u2028\\u2029',
  xdigit: '0-9A-Fa-f',
}
const unmatched = () => new RegExpSyntaxError('Unmatched [, [^, [:, [., or [=')
const escapeInClass = (character: string) => (/[\\\]^[-]/.test(character) ? `\\${character}` : character)

/** The bracket expression whose `[` is at `pattern[at]`, as a JavaScript class, and the index after it (XBD 9.3.5). */
export function bracketExpression(pattern: string, at: number): { source: string; next: number } {
  let index = at + 1
  const negated = pattern[index] === '^'
  if (negated) index++
  const first = index
  let members = ''
  /** Reads one end of a range: a character, [.x.] or [=x=]; a class stands for itself. */
  const readMember = (): { character?: string; set?: string } => {
    const open = /^\[([:.=])/.exec(pattern.slice(index, index + 2))?.[1]
    if (open) {
      const close = pattern.indexOf(`${open}]`, index + 2)
      if (close === -1) throw unmatched()
      const name = pattern.slice(index + 2, close)
      index = close + 2
      if (open === ':') {
        const set = Object.hasOwn(classes, name) ? classes[name] : undefined
        if (set === undefined) throw new RegExpSyntaxError('Invalid character class name')
        return { set }
      }
      if ([...name].length !== 1) throw new RegExpSyntaxError('Invalid collation character')
      return { character: name }
    }
    const character = String.fromCodePoint(pattern.codePointAt(index)!)
    index += character.length
    return { character }
  }
  for (;;) {
    if (index >= pattern.length) throw at + 1 === pattern.length ? new RegExpSyntaxError('Invalid regular expression') : unmatched()
    if (pattern[index] === ']' && index > first) break
    const low = readMember()
    const isRange = pattern[index] === '-' && pattern[index + 1] !== ']' && index + 1 < pattern.length
    if (!isRange) {
      members += low.set ?? escapeInClass(low.character!)
      continue
    }
    index++
    const high = readMember()
    if (low.character === undefined || high.character === undefined) throw new RegExpSyntaxError('Invalid range end')
    if (low.character.codePointAt(0)! > high.character.codePointAt(0)!) throw new RegExpSyntaxError('Invalid range end')
    members += `${escapeInClass(low.character)}-${escapeInClass(high.character)}`
  }
  return { source: classSource(members, negated), next: index + 1 }
}

/** [:graph:] is a negated class, which a plain class cannot hold: it becomes an alternative. */
function classSource(members: string, negated: boolean): string {
  const graph = classes.graph!
  if (!members.includes(graph)) return `[${negated ? '^' : ''}${members}]`
  const rest = members.replaceAll(graph, '')
  const either = rest ? `(?:[${rest}]|${graph})` : graph
  return negated ? `(?:(?!${either})[\\s\\S])` : either
}
