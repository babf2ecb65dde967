import { PackagingError } from './packaging-error.ts'
import { normalizeName } from './project-name.ts'
import { readPythonString } from './python-string.ts'
import { readSyntax, type Syntax } from './syntax.ts'

export type MarkerOperator = '<' | '<=' | '==' | '!=' | '>=' | '>' | '~=' | '===' | 'in' | 'not in'

/** One side of a comparison: the name of an environment's variable, or text. */
export type MarkerOperand = { readonly variable: string } | { readonly value: string }

export interface MarkerComparison {
  readonly left: MarkerOperand
  readonly operator: MarkerOperator
  readonly right: MarkerOperand
}

/** An environment marker (PEP 508): comparisons and groups in parentheses, with `and` and `or` between them; `and` binds closer. */
export type Marker = readonly (MarkerComparison | Marker | 'and' | 'or')[]

/** Deeper than any marker that means something, and well within the stack. */
const deepest = 200

/** Variables whose value is a set of names (PEP 751). */
const namingSets = new Set(['extras', 'dependency_groups'])

const readOperand = (syntax: Syntax): MarkerOperand => {
  const variable = syntax.accept('VARIABLE')?.replaceAll('.', '_')
  if (variable !== undefined) return { variable: variable === 'python_implementation' ? 'platform_python_implementation' : variable }
  const start = syntax.position()
  const literal = syntax.accept('QUOTED_STRING')
  if (literal === undefined) return syntax.fail('Expected a marker variable or quoted string')
  return { value: readPythonString(literal) ?? syntax.fail('Invalid quoted string', start) }
}

const readOperator = (syntax: Syntax): MarkerOperator => {
  if (syntax.accept('IN') !== undefined) return 'in'
  if (syntax.accept('NOT') !== undefined) {
    syntax.expect('WS', "whitespace after 'not'")
    syntax.expect('IN', "'in' after 'not'")
    return 'not in'
  }
  const operator = syntax.accept('OP')
  return (operator ?? syntax.fail('Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in')) as MarkerOperator
}

/** Names of extras and groups compare in their normal form (PEP 685), so that is how they are kept. */
const normalizeNames = (comparison: MarkerComparison): MarkerComparison => {
  const { left, right } = comparison
  if ('variable' in left) {
    if (left.variable !== 'extra' || 'variable' in right) return comparison
    return { ...comparison, right: { value: normalizeName(right.value) } }
  }
  const names = 'variable' in right && (right.variable === 'extra' || namingSets.has(right.variable))
  return names ? { ...comparison, left: { value: normalizeName(left.value) } } : comparison
}

const readComparison = (syntax: Syntax): MarkerComparison => {
  const left = readOperand(syntax)
  syntax.accept('WS')
  const operator = readOperator(syntax)
  syntax.accept('WS')
  return normalizeNames({ left, operator, right: readOperand(syntax) })
}

const readTerm = (syntax: Syntax, depth: number): MarkerComparison | Marker => {
  syntax.accept('WS')
  const grouped = syntax.at('LEFT_PARENTHESIS')
  if (grouped && depth === deepest) syntax.fail(`More than ${deepest} parentheses within each other`)
  const term = grouped
    ? syntax.enclosed('LEFT_PARENTHESIS', 'RIGHT_PARENTHESIS', 'marker expression', () => readMarker(syntax, depth + 1))
    : readComparison(syntax)
  syntax.accept('WS')
  return term
}

/** Reads a marker where a larger text holds one; ends at what cannot go on. */
export const readMarker = (syntax: Syntax, depth = 0): Marker => {
  const marker: (Marker[number])[] = [readTerm(syntax, depth)]
  for (let joint = syntax.accept('BOOLOP'); joint !== undefined; joint = syntax.accept('BOOLOP')) {
    marker.push(joint === 'and' ? 'and' : 'or', readTerm(syntax, depth))
  }
  return marker
}

/** Reads a marker, or fails with `invalid-marker` and a mark below the place. */
export const parseMarker = (source: string): Marker => {
  const syntax = readSyntax(source, 'invalid-marker')
  const marker = readMarker(syntax)
  if (!syntax.atEnd()) syntax.fail('Expected end of marker expression')
  return marker
}

const formatOperand = (operand: MarkerOperand): string => {
  if ('variable' in operand) return operand.variable
  const { value } = operand
  if (value.includes('"') && value.includes("'")) {
    throw new PackagingError('Cannot serialize marker value containing both quote characters', 'invalid-marker')
  }
  return value.includes('"') ? `'${value}'` : `"${value}"`
}

const formatPart = (part: Marker[number], outermost: boolean): string => {
  if (typeof part === 'string') return part
  if ('left' in part) return `${formatOperand(part.left)} ${part.operator} ${formatOperand(part.right)}`
  const [only] = part
  if (part.length === 1 && only !== undefined) return formatPart(only, outermost)
  const inner = part.map(each => formatPart(each, false)).join(' ')
  return outermost ? inner : `(${inner})`
}

/** The marker as text: double quotes where the value allows, variables in today's spelling, no parentheses about a single comparison. */
export const formatMarker = (marker: Marker): string => formatPart(marker, true)
