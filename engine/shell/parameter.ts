/** Parameter expansion (POSIX XCU 2.6.2, and bash's `/`, `:`, `^`, `,`, `@`). */
import { readAnsiQuote } from './ansi-quote.ts'
import { evaluate, expandParts, expandPattern, result, textOf, type ExpansionScope, type Place } from './expansion.ts'
import type { Piece } from './field-splitting.ts'
import { compilePattern, matchesPattern } from './pattern.ts'
import { singleQuote } from './quoting.ts'
import { ShellError } from './shell-error.ts'
import type { ParameterPart } from './syntax.ts'
import { isName } from './word.ts'

export async function expandParameter(part: ParameterPart, place: Place, scope: ExpansionScope): Promise<Piece[]> {
  const name = part.indirect ? indirection(part.name, scope) : part.name
  if (part.length) return [result(String(lengthOf(name, scope)), place)]
  const isList = name === '@' || name === '*'
  const value = isList ? undefined : valueOf(name, scope)
  const values = isList ? [...scope.positional] : value === undefined ? [] : [value]
  const operator = part.operator

  if (/^:?[-=?+]$/.test(operator)) {
    const missing = !values.length || (operator.startsWith(':') && values.join('') === '')
    const alternative = () => expandParts(part.operand, { quoted: place.quoted, splitLiterals: !place.quoted }, scope)
    if (operator.endsWith('+')) return missing ? [] : alternative()
    if (!missing) return pieces(name, values, place, scope)
    if (operator.endsWith('-')) return alternative()
    const text = textOf(await alternative())
    if (operator.endsWith('?')) {
      throw new ShellError(`${name}: ${text || (operator === ':?' ? 'parameter null or not set' : 'parameter not set')}`, 'shell')
    }
    if (!isName(name)) throw new ShellError(`$${name}: cannot assign in this way`)
    scope.set(name, text)
    return [result(text, place)]
  }

  if (!values.length && !isList && scope.options.nounset && operator !== '@') {
    throw new ShellError(`${/^\d/.test(name) ? `$${name}` : name}: unbound variable`, 'shell')
  }
  if (operator === '') return pieces(name, values, place, scope)
  if (operator === ':') return pieces(name, await slice(part, values, isList, scope), place, scope)
  const edit = await editOf(part, scope)
  return pieces(name, values.map(edit), place, scope)
}

function valueOf(name: string, scope: ExpansionScope): string | undefined {
  if (!/^\d+$/.test(name)) return scope.get(name)
  return Number(name) === 0 ? scope.zero : scope.positional[Number(name) - 1]
}

function lengthOf(name: string, scope: ExpansionScope): number {
  if (name === '@' || name === '*') return scope.positional.length
  const value = valueOf(name, scope)
  if (value === undefined && scope.options.nounset) throw new ShellError(`${name}: unbound variable`, 'shell')
  return [...(value ?? '')].length
}

function indirection(name: string, scope: ExpansionScope): string {
  const target = valueOf(name, scope)
  if (target === undefined) throw new ShellError(`${name}: invalid indirect expansion`)
  if (!isName(target) && !/^(\d+|[@*#?$!-])$/.test(target)) throw new ShellError(`${target}: invalid variable name`)
  return target
}

/** `"$@"` makes a field of each value, `"$*"` joins them with the first character of IFS. */
function pieces(name: string, values: string[], place: Place, scope: ExpansionScope): Piece[] {
  if (name === '*' && place.quoted) return values.length ? [result(values.join((scope.get('IFS') ?? ' ').slice(0, 1)), place)] : []
  return values.flatMap((value, index): Piece[] => (index ? ['field-end', result(value, place)] : [result(value, place)]))
}

async function slice(part: ParameterPart, values: string[], isList: boolean, scope: ExpansionScope): Promise<string[]> {
  const offset = Number(await evaluate(part.operand, scope))
  const length = part.second && Number(await evaluate(part.second, scope))
  const items = isList ? [scope.zero, ...values] : [...(values[0] ?? '')]
  const from = offset < 0 ? items.length + offset : offset
  if (from < 0 || from > items.length) return isList ? [] : ['']
  const to = length === undefined ? items.length : length < 0 ? items.length + length : from + length
  if (length !== undefined && length < 0 && (to < from || isList)) throw new ShellError(`${length}: substring expression < 0`)
  const taken = items.slice(isList && offset === 0 ? 0 : from, to)
  if (!isList) return [taken.join('')]
  return taken
}

async function editOf({ operator, operand, second }: ParameterPart, scope: ExpansionScope): Promise<(value: string) => string> {
  const pattern = await expandPattern(operand, scope)
  switch (operator) {
    case '#':
    case '##': {
      const prefix = new RegExp(`^(?:${compilePattern(pattern, operator === '#')})`, 'u')
      return (value) => value.replace(prefix, '')
    }
    case '%':
    case '%%': {
      // The shortest suffix starts as late as it can: what stands before it is greedy.
      const suffix = new RegExp(`^([^]*${operator === '%%' ? '?' : ''})(?:${compilePattern(pattern)})$`, 'u')
      return (value) => suffix.exec(value)?.[1] ?? value
    }
    case '/':
    case '//':
    case '/#':
    case '/%': {
      if (!pattern) return (value) => value
      const source = `(?:${compilePattern(pattern)})`
      const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source
      const found = new RegExp(anchored, operator === '//' ? 'gu' : 'u')
      const replacement = await expandParts(second ?? [], { quoted: false, splitLiterals: false }, scope)
      // patsub_replacement: an unquoted & stands for what matched.
      const replace = (match: string) =>
        replacement.map((piece) => {
          if (piece === 'field-end') return ' '
          return piece.quoted ? piece.text : piece.text.replace(/\\&|&/g, (sign) => (sign === '&' ? match : '&'))
        })
      return (value) => value.replace(found, (match) => replace(match).join(''))
    }
    case '^': return (value) => value.replace(/^[^]/u, (first) => change(first, pattern, true))
    case ',': return (value) => value.replace(/^[^]/u, (first) => change(first, pattern, false))
    case '^^': return (value) => [...value].map((character) => change(character, pattern, true)).join('')
    case ',,': return (value) => [...value].map((character) => change(character, pattern, false)).join('')
    default: return transformation(textOf([{ text: pattern, quoted: false, split: false }]))
  }
}

function change(character: string, pattern: string, upper: boolean): string {
  if (pattern && !matchesPattern(character, pattern)) return character
  return upper ? character.toUpperCase() : character.toLowerCase()
}

/** `${x@Q}` and the like. */
function transformation(letter: string): (value: string) => string {
  switch (letter) {
    case 'Q': return singleQuote
    case 'U': return (value) => value.toUpperCase()
    case 'u': return (value) => value.replace(/^[^]/u, (first) => first.toUpperCase())
    case 'L': return (value) => value.toLowerCase()
    case 'E': return readAnsiQuote
    default: throw new ShellError(`@${letter}: bad substitution`)
  }
}
