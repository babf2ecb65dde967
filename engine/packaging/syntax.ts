import { PackagingError, type PackagingErrorCode } from './packaging-error.ts'
import { specifierPattern } from './specifier.ts'

const variables = 'python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)'
  + '|platform[._](?:version|machine|python_implementation)|python_implementation|implementation_(?:name|version)|extras?|dependency_groups'

/** The tokens that are words: `boundary` is Python's `\b`, which knows the letters of all scripts. */
const wordTokens = (boundary: string, flags: string) => ({
  BOOLOP: new RegExp(`${boundary}(?:or|and)${boundary}`, flags),
  IN: new RegExp(`${boundary}in${boundary}`, flags),
  NOT: new RegExp(`${boundary}not${boundary}`, flags),
  VARIABLE: new RegExp(`${boundary}(?:${variables})${boundary}`, flags),
  IDENTIFIER: new RegExp(`${boundary}[a-zA-Z0-9][a-zA-Z0-9._-]*${boundary}`, flags),
})

/** In ASCII JavaScript's own `\b` is the same, and it need not be compiled for 10 ms. */
const asciiWords = wordTokens('\\b', 'y')
const word = '[\\p{L}\\p{N}_]'
const allWords = wordTokens(`(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`, 'uy')

/** The other tokens of dependency specifiers (PEP 508), all under the names that messages call them by. */
const marks = {
  LEFT_PARENTHESIS: /\(/y,
  RIGHT_PARENTHESIS: /\)/y,
  LEFT_BRACKET: /\[/y,
  RIGHT_BRACKET: /\]/y,
  SEMICOLON: /;/y,
  COMMA: /,/y,
  QUOTED_STRING: /'[^']*'|"[^"]*"/y,
  OP: /===|==|~=|!=|<=|>=|<|>/y,
  SPECIFIER: new RegExp(specifierPattern, 'iy'),
  AT: /@/y,
  URL: /[^ \t]+/y,
  VERSION_PREFIX_TRAIL: /\.\*/y,
  VERSION_LOCAL_LABEL_TRAIL: /\+[a-z0-9]+(?:[-_.][a-z0-9]+)*/y,
  WS: /[ \t]+/y,
} as const

export type TokenName = keyof typeof marks | keyof typeof asciiWords

/** A place in a text that is being read, with the readers of a grammar's leaves. Positions count UTF-16 units, messages code points. */
export interface Syntax {
  /** The text of the token here, which is passed; `undefined` if another stands here. */
  accept: (token: TokenName) => string | undefined
  /** Whether the token stands here; it stays. */
  at: (token: TokenName) => boolean
  atEnd: () => boolean
  /** `accept`, or fails with `Expected <what>`. */
  expect: (token: TokenName, what: string) => string
  /** Reads what stands between two brackets; where the open one is missing, reads it all the same, without either. */
  enclosed: <T>(open: TokenName, close: TokenName, around: string, read: () => T) => T
  position: () => number
  /** Fails with the message, the source and a mark below it from `start` to `end`: by default, here. */
  fail: (message: string, start?: number, end?: number) => never
}

/** Starts to read `source`; its errors have the code that is given. */
export const readSyntax = (source: string, code: PackagingErrorCode): Syntax => {
  let position = 0
  const tokens = { ...marks, .../^[\0-\x7f]*$/.test(source) ? asciiWords : allWords }
  const match = (name: TokenName): string | undefined => {
    const token = tokens[name]
    token.lastIndex = position
    return token.exec(source)?.[0]
  }
  const column = (at: number): number => Array.from(source.slice(0, at)).length
  const fail = (message: string, start = position, end = position): never => {
    const mark = `${' '.repeat(column(start))}${'~'.repeat(Math.max(0, column(end) - column(start)))}^`
    throw new PackagingError(`${message}\n    ${source}\n    ${mark}`, code)
  }
  const accept = (name: TokenName): string | undefined => {
    const text = match(name)
    position += text?.length ?? 0
    return text
  }
  return {
    accept,
    at: name => match(name) !== undefined,
    atEnd: () => position === source.length,
    expect: (name, what) => accept(name) ?? fail(`Expected ${what}`),
    enclosed: (open, close, around, read) => {
      const start = position
      const opened = accept(open) !== undefined
      const inner = read()
      if (opened && accept(close) === undefined) fail(`Expected matching ${close} for ${open}, after ${around}`, start)
      return inner
    },
    position: () => position,
    fail,
  }
}
