/**
 * Word expansion (POSIX XCU 2.6) in its order: braces, tilde, parameters, commands and arithmetic, field splitting, pathnames, quote
 * removal. It knows the shell only as an `ExpansionScope`.
 */
import type { SystemCalls } from '../machine/system-calls.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandBraces } from './brace.ts'
import { splitFields, type Field, type Piece } from './field-splitting.ts'
import { expandParameter } from './parameter.ts'
import { expandPathname } from './pathname.ts'
import { hasMagic, quotePattern } from './pattern.ts'
import { ShellError } from './shell-error.ts'
import type { List, Part, Word } from './syntax.ts'
import { expandTilde } from './tilde.ts'
import { asAssignment } from './word.ts'

export interface ExpansionScope {
  readonly system: SystemCalls
  /** A variable or a special parameter other than `@` and `*`; undefined where it is unset. */
  get(name: string): string | undefined
  set(name: string, value: string): void
  readonly zero: string
  readonly positional: readonly string[]
  readonly options: { readonly nounset: boolean; readonly noglob: boolean }
  /** Runs a command substitution and returns what it wrote, without trailing newlines. */
  substitute(body: List): Promise<string>
}

/** How results count: inside double quotes, and whether unquoted literal text is split (the operand of `${x:-a b}`). */
export interface Place {
  quoted: boolean
  splitLiterals: boolean
}

const plainPlace: Place = { quoted: false, splitLiterals: false }
const quotedPlace: Place = { quoted: true, splitLiterals: false }

/** The fields of a command's words. */
export async function expandWords(words: Word[], scope: ExpansionScope): Promise<string[]> {
  const fields: string[] = []
  // One by one: as arguments of push, as many as `$(seq 200000)` makes do not fit on the stack.
  for (const word of words) for (const field of await expandWord(word, scope)) fields.push(field)
  return fields
}

export async function expandWord(word: Word, scope: ExpansionScope): Promise<string[]> {
  const [only] = word.parts
  if (word.parts.length === 1 && only?.type === 'quoted') return [only.text]
  const fields: string[] = []
  for (const parts of expandBraces(word.parts)) {
    const pieces = await expandParts(await withTildes(parts, scope), plainPlace, scope)
    for (const field of splitFields(pieces, scope.get('IFS'))) for (const name of await globbed(field, scope)) fields.push(name)
  }
  return fields
}

/** bash expands tildes in an argument that looks like an assignment, too. */
async function withTildes(parts: Part[], scope: ExpansionScope): Promise<Part[]> {
  const assignment = asAssignment({ source: '', parts })
  if (!assignment) return expandTilde(parts, 'word', scope)
  const { name, append, value } = assignment
  return [{ type: 'literal', text: `${name}${append ? '+' : ''}=` }, ...(await expandTilde(value.parts, 'assignment', scope))]
}

/** One string, without splitting and pathnames: assignments, redirection targets of here-strings, `case`, `[[`. */
export async function expandString(word: Word, scope: ExpansionScope, tildes: 'word' | 'assignment' = 'word'): Promise<string> {
  return textOf(await expandParts(await expandTilde(word.parts, tildes, scope), plainPlace, scope))
}

/** Parts whose place quotes them: here-documents, arithmetic. */
export async function expandQuoted(parts: Part[], scope: ExpansionScope): Promise<string> {
  return textOf(await expandParts(parts, quotedPlace, scope))
}

/** A pattern in which what was quoted stands behind backslashes. */
export async function expandPattern(parts: Part[], scope: ExpansionScope): Promise<string> {
  const pieces = await expandParts(await expandTilde(parts, 'word', scope), plainPlace, scope)
  return pieces.map((piece) => (piece === 'field-end' ? ' ' : piece.quoted ? quotePattern(piece.text) : piece.text)).join('')
}

export async function evaluate(expression: Part[], scope: ExpansionScope): Promise<bigint> {
  return evaluateArithmetic(await expandQuoted(expression, scope), {
    get(name) {
      const value = scope.get(name)
      if (value === undefined && scope.options.nounset) throw new ShellError(`${name}: unbound variable`, 'shell')
      return value
    },
    set: (name, value) => scope.set(name, value),
  })
}

export async function expandParts(parts: Part[], place: Place, scope: ExpansionScope): Promise<Piece[]> {
  const pieces: Piece[] = []
  for (const part of parts) {
    switch (part.type) {
      case 'literal':
        pieces.push({ text: part.text, quoted: place.quoted, split: place.splitLiterals && !place.quoted })
        break
      case 'quoted':
        pieces.push({ text: part.text, quoted: true, split: false })
        break
      case 'double': {
        const inner = await expandParts(part.parts, quotedPlace, scope)
        const onlyList = part.parts.length === 1 && part.parts[0]?.type === 'parameter' && part.parts[0].name === '@'
        if (inner.length || !onlyList) pieces.push({ text: '', quoted: true, split: false }, ...inner)
        break
      }
      case 'parameter':
        pieces.push(...(await expandParameter(part, place, scope)))
        break
      case 'command':
        pieces.push(result(await scope.substitute(part.body), place))
        break
      case 'arithmetic':
        pieces.push(result(String(await evaluate(part.expression, scope)), place))
        break
      case 'bad':
        throw new ShellError(`${part.source}: bad substitution`)
    }
  }
  return pieces
}

export const result = (text: string, place: Place): Piece => ({ text, quoted: place.quoted, split: !place.quoted })

export const textOf = (pieces: Piece[]) => pieces.map((piece) => (piece === 'field-end' ? ' ' : piece.text)).join('')

async function globbed(field: Field, scope: ExpansionScope): Promise<string[]> {
  const text = field.map((segment) => segment.text).join('')
  if (scope.options.noglob || !field.some((segment) => !segment.quoted && hasMagic(segment.text))) return [text]
  const pattern = field.map((segment) => (segment.quoted ? quotePattern(segment.text) : segment.text)).join('')
  const paths = await expandPathname(pattern, scope.system)
  return paths.length ? paths : [text]
}
