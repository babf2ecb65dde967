import { compareCodePoints } from './compare-code-points.ts'
import { formatMarker, readMarker, type Marker } from './marker.ts'
import { formatSpecifierSet, parseSpecifierSet, type SpecifierSet } from './specifier-set.ts'
import { readSyntax, type Syntax } from './syntax.ts'

/** A dependency specifier (PEP 508). */
export interface Requirement {
  /** As written: `normalizeName` is for comparing. */
  readonly name: string
  /** As written, each once, in order of their text. */
  readonly extras: readonly string[]
  readonly specifier: SpecifierSet
  readonly url: string | undefined
  readonly marker: Marker | undefined
}

const readExtras = (syntax: Syntax): string[] => {
  if (!syntax.at('LEFT_BRACKET')) return []
  return syntax.enclosed('LEFT_BRACKET', 'RIGHT_BRACKET', 'extras', () => {
    syntax.accept('WS')
    const extras: string[] = []
    for (let extra = syntax.accept('IDENTIFIER'); extra !== undefined; extra = syntax.expect('IDENTIFIER', 'extra name after comma')) {
      extras.push(extra)
      syntax.accept('WS')
      if (syntax.at('IDENTIFIER')) syntax.fail('Expected comma between extra names')
      if (syntax.accept('COMMA') === undefined) break
      syntax.accept('WS')
    }
    return extras
  })
}

const readClauses = (syntax: Syntax): string => {
  let clauses = ''
  for (let start = syntax.position(), clause = syntax.accept('SPECIFIER'); clause !== undefined; clause = syntax.accept('SPECIFIER')) {
    clauses += clause
    if (syntax.at('VERSION_PREFIX_TRAIL')) {
      const mayEnd = clause.startsWith('!=') || (clause.startsWith('==') && !clause.startsWith('==='))
      const message = mayEnd
        ? '.* suffix cannot be used with pre-release, post-release, dev or local versions'
        : '.* suffix can only be used with `==` or `!=` operators'
      syntax.fail(message, start, syntax.position() + 1)
    }
    if (syntax.at('VERSION_LOCAL_LABEL_TRAIL')) syntax.fail('Local version label can only be used with `==` or `!=` operators', start)
    syntax.accept('WS')
    const comma = syntax.accept('COMMA')
    if (comma === undefined) break
    clauses += comma
    syntax.accept('WS')
    start = syntax.position()
  }
  return clauses
}

const readMarkerAfter = (syntax: Syntax, start: number, expected: string): Marker => {
  if (syntax.accept('SEMICOLON') === undefined) syntax.fail(`Expected ${expected} or end`, start)
  return readMarker(syntax)
}

const readUrl = (syntax: Syntax): Pick<Requirement, 'url' | 'marker'> => {
  syntax.accept('WS')
  const start = syntax.position()
  const url = syntax.expect('URL', 'URL after @')
  if (!syntax.atEnd()) syntax.expect('WS', 'whitespace after URL')
  return { url, marker: syntax.atEnd() ? undefined : readMarkerAfter(syntax, start, 'semicolon (after URL and whitespace)') }
}

const readVersions = (syntax: Syntax): { clauses: string; marker: Marker | undefined } => {
  const start = syntax.position()
  const clauses = syntax.enclosed('LEFT_PARENTHESIS', 'RIGHT_PARENTHESIS', 'version specifier', () => {
    syntax.accept('WS')
    return readClauses(syntax)
  })
  syntax.accept('WS')
  const expected = clauses === ''
    ? 'semicolon (after name with no version specifier)'
    : 'comma (within version specifier), semicolon (after version specifier)'
  return { clauses, marker: syntax.atEnd() ? undefined : readMarkerAfter(syntax, start, expected) }
}

/** Reads a dependency specifier, or fails with `invalid-requirement` and a mark below the place (`invalid-specifier` after `===x,`). */
export const parseRequirement = (source: string): Requirement => {
  const syntax = readSyntax(source, 'invalid-requirement')
  syntax.accept('WS')
  const name = syntax.expect('IDENTIFIER', 'package name at the start of dependency specifier')
  syntax.accept('WS')
  const extras = [...new Set(readExtras(syntax))].sort(compareCodePoints)
  syntax.accept('WS')
  const direct = syntax.accept('AT') === undefined ? undefined : readUrl(syntax)
  const { clauses, marker } = direct === undefined ? readVersions(syntax) : { clauses: '', marker: direct.marker }
  if (!syntax.atEnd()) syntax.fail('Expected end of dependency specifier')
  return { name, extras, specifier: parseSpecifierSet(clauses), url: direct?.url, marker }
}

/** The requirement as text, in one spelling: extras and clauses in order, the marker normalised, the name as written. */
export const formatRequirement = ({ name, extras, specifier, url, marker }: Requirement): string =>
  name
  + (extras.length > 0 ? `[${extras.join(',')}]` : '')
  + formatSpecifierSet(specifier)
  + (url === undefined ? '' : ` @ ${url}${marker === undefined ? '' : ' '}`)
  + (marker === undefined ? '' : `; ${formatMarker(marker)}`)
