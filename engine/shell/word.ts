/**
 * Reads words: quotes and the expansions they hold (POSIX XCU 2.2, 2.6; bash's $'...', ${x/a/b}, ${x:o:l}). Command substitutions are
 * parsed at once, as bash 5.2 does, by the grammar that the caller passes in.
 */
import { readAnsiQuote } from './ansi-quote.ts'
import { lineAt, type Cursor } from './cursor.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { Assignment, List, ParameterOperator, ParameterPart, Part, Word } from './syntax.ts'

/** How characters count where the parts stand. `operand` is the inside of `${x:-...}`. */
type Mode = 'word' | 'operand' | 'double' | 'double-operand' | 'here-document' | 'arithmetic'

export interface Grammar {
  /** Parses from the cursor to the unmatched `)` and leaves the cursor behind it. */
  substitution(cursor: Cursor): List
  /** Parses a whole text (a backquoted command). */
  script(text: string): List
}

const metacharacters = ' \t\n|&;()<>'
const nameAt = /[A-Za-z_][A-Za-z0-9_]*/y
const parameterAt = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!_-]/y
const operatorAt = /:[-=?+]|[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|:|@(?=[QUuLPAaE]\})/y

export const isName = (text: string) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)

export interface WordReader {
  /** The word at the cursor, which stands on its first character. `metacharacters` end it unless other ones are given. */
  word(ends?: string): Word
  /** Everything from the cursor on, as the body of a here-document. */
  hereDocument(): Part[]
  /** From behind `((` up to and over `))`; undefined, and the cursor unmoved, where there is no `))`. */
  arithmetic(): Part[] | undefined
}

export function createWordReader(cursor: Cursor, grammar: Grammar): WordReader {
  const peek = (ahead = 0) => cursor.text[cursor.at + ahead]
  const match = (pattern: RegExp) => {
    pattern.lastIndex = cursor.at
    const found = pattern.exec(cursor.text)?.[0]
    if (found !== undefined) cursor.at += found.length
    return found
  }
  const unclosed = (closing: string, from: number) =>
    new ShellSyntaxError(`unexpected EOF while looking for matching \`${closing}'`, lineAt(cursor, from), true)

  function parts(mode: Mode, ends: (character: string) => boolean): Part[] {
    const found: Part[] = []
    const literal = (text: string) => {
      const last = found.at(-1)
      if (last?.type === 'literal') last.text += text
      else found.push({ type: 'literal', text })
    }
    for (;;) {
      const character = peek()
      if (character === undefined || ends(character)) return found
      const plain = mode === 'word' || mode === 'operand'
      if (character === '\\') backslash(mode, found, literal)
      else if (character === "'" && plain) found.push({ type: 'quoted', text: singleQuoted() })
      else if (character === '"' && (plain || mode === 'double-operand')) found.push(doubleQuoted())
      else if (character === '`') found.push(backquoted(mode))
      else if (character === '$') {
        const part = dollar(plain)
        if (part.type === 'literal') literal(part.text)
        else found.push(part)
      } else {
        literal(character)
        cursor.at++
      }
    }
  }

  function backslash(mode: Mode, found: Part[], literal: (text: string) => void) {
    const next = peek(1)
    if (next === undefined) {
      literal('\\')
      cursor.at++
      return
    }
    cursor.at += 2
    if (next === '\n') return
    const special = mode === 'here-document' ? '$`\\' : mode === 'double-operand' ? '$`"\\}' : '$`"\\'
    if (mode === 'word' || mode === 'operand' || special.includes(next)) found.push({ type: 'quoted', text: next })
    else literal(`\\${next}`)
  }

  function singleQuoted(): string {
    const from = cursor.at
    const end = cursor.text.indexOf("'", from + 1)
    if (end < 0) throw unclosed("'", from)
    cursor.at = end + 1
    return cursor.text.slice(from + 1, end)
  }

  function ansiQuoted(): Part {
    const from = cursor.at++
    while (peek() !== "'") {
      if (peek() === undefined) throw unclosed("'", from)
      cursor.at += peek() === '\\' ? 2 : 1
    }
    return { type: 'quoted', text: readAnsiQuote(cursor.text.slice(from + 1, cursor.at++)) }
  }

  function doubleQuoted(): Part {
    const from = cursor.at++
    const inside = parts('double', (character) => character === '"')
    if (peek() === undefined) throw unclosed('"', from)
    cursor.at++
    return { type: 'double', parts: inside }
  }

  function backquoted(mode: Mode): Part {
    const from = cursor.at++
    let text = ''
    while (peek() !== '`') {
      const next = peek(1)
      if (peek() === undefined) throw unclosed('`', from)
      if (peek() === '\\' && next !== undefined && ('$`\\'.includes(next) || (mode === 'double' && next === '"'))) {
        text += next
        cursor.at += 2
      } else text += cursor.text[cursor.at++]
    }
    cursor.at++
    return { type: 'command', body: grammar.script(text), backquoted: true }
  }

  const parameter = (name: string): ParameterPart =>
    ({ type: 'parameter', name, length: false, indirect: false, operator: '', operand: [], second: undefined })

  function dollar(plain: boolean): Part {
    const from = cursor.at++
    const next = peek()
    if (next === "'" && plain) return ansiQuoted()
    if (next === '"' && plain) return doubleQuoted()
    if (next === '{') return braced(from, plain)
    if (next === '(') {
      if (peek(1) === '(') {
        cursor.at += 2
        const expression = arithmetic()
        if (expression) return { type: 'arithmetic', expression }
        cursor.at -= 2
      }
      cursor.at++
      return { type: 'command', body: grammar.substitution(cursor), backquoted: false }
    }
    const name = match(nameAt) ?? (next !== undefined && /[0-9@*#?$!_-]/.test(next) ? cursor.text[cursor.at++] : undefined)
    return name === undefined ? { type: 'literal', text: '$' } : parameter(name)
  }

  function braced(from: number, plain: boolean): Part {
    cursor.at++
    const closed = () => {
      if (peek() === undefined) throw unclosed('}', from)
      return peek() === '}' && ++cursor.at > 0
    }
    const bad = (): Part => {
      parts('operand', (character) => character === '}')
      closed()
      return { type: 'bad', source: cursor.text.slice(from, cursor.at) }
    }
    const start = cursor.at
    const prefix = peek() === '#' || peek() === '!' ? cursor.text[cursor.at++] : ''
    let name = match(parameterAt)
    if (prefix === '#' && (name === undefined || (peek() !== '}' && name.length === 1 && '#?-'.includes(name)))) {
      // `${#}`, `${#-x}`, `${##x}`: the parameter is `#` itself.
      cursor.at = start + 1
      name = '#'
    } else if (prefix === '#') {
      return name !== undefined && closed() ? { ...parameter(name), length: true } : bad()
    } else if (prefix === '!' && (name === undefined || '-?+='.includes(name))) {
      cursor.at = start + 1
      name = '!'
    } else if (name === undefined) return bad()
    const indirect = prefix === '!' && name !== '!'
    const operator = (match(operatorAt) ?? '') as ParameterOperator
    const part: ParameterPart = { ...parameter(name), indirect, operator }
    if (operator === '') return closed() ? part : bad()
    const isPattern = /^[#%/^,@]/.test(operator)
    const separator = operator === ':' ? ':' : operator.startsWith('/') ? '/' : ''
    const mode: Mode = operator === ':' ? 'arithmetic' : plain || isPattern ? 'operand' : 'double-operand'
    let first = true
    part.operand = parts(mode, (character) => {
      const ends = character === '}' || (character === separator && !(first && separator === '/'))
      first = false
      return ends
    })
    if (separator && peek() === separator) {
      cursor.at++
      part.second = parts(mode, (character) => character === '}')
    }
    return closed() ? part : bad()
  }

  function arithmetic(): Part[] | undefined {
    const from = cursor.at
    let depth = 0
    const expression = parts('arithmetic', (character) => {
      if (character === '(') depth++
      return character === ')' && depth-- === 0
    })
    if (peek() === undefined) throw unclosed(')', from)
    if (peek(1) === ')') {
      cursor.at += 2
      return expression
    }
    cursor.at = from
    return undefined
  }

  return {
    word(ends = metacharacters) {
      const from = cursor.at
      const found = parts('word', (character) => ends.includes(character))
      return { source: cursor.text.slice(from, cursor.at), parts: found }
    },
    hereDocument: () => parts('here-document', () => false),
    arithmetic,
  }
}

/** `name=value` or `name+=value`, where the name and the sign are not quoted. */
export function asAssignment({ source, parts }: Word): Assignment | undefined {
  const [first, ...rest] = parts
  const found = first?.type === 'literal' ? /^([^=+]*)(\+?)=/.exec(first.text) : null
  const name = found?.[1] ?? ''
  if (!found || first?.type !== 'literal' || !isName(name)) return undefined
  const value = first.text.slice(found[0].length)
  return {
    name,
    append: found[2] === '+',
    value: { source: source.slice(found[0].length), parts: value ? [{ type: 'literal', text: value }, ...rest] : rest },
  }
}
