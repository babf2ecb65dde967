/** The lexer (POSIX XCU 2.3): operators, words, newlines, and the here-documents that start behind a newline. */
import { lineAt, type Cursor } from './cursor.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { Redirection, Word } from './syntax.ts'
import { createWordReader, type Grammar, type WordReader } from './word.ts'

export type Token =
  | { type: 'word'; text: string; word: Word; start: number }
  /** `2` in `2>x`. */
  | { type: 'number'; text: string; start: number }
  | { type: 'operator'; text: string; start: number }
  | { type: 'newline'; text: 'newline'; start: number }
  | { type: 'end'; text: ''; start: number }

export interface Lexer {
  readonly words: WordReader
  peek(): Token
  next(): Token
  /** Forgets the token that was looked at, and stands before it again. */
  rewind(): void
  /** The text of an alias takes the place of the word from `start` on. */
  replace(start: number, length: number, text: string): void
  /** The body of this redirection stands behind the next newline. */
  expectDocument(redirection: Redirection, line: number): void
}

/** Longer ones first. */
const operators = [
  '&&', '||', ';;&', ';;', ';&', '|&', '&>>', '&>', '<<<', '<<-', '<<', '<&', '<>', '>>', '>|', '>&', '<', '>', '|', '&', ';', '(', ')',
]

export interface LexerOptions {
  grammar: Grammar
  /** No more input will come: a here-document may end with the text. */
  final: boolean
  /** bash warns about a here-document that the end of the file closes. */
  warn: (message: string, line: number) => void
}

export function createLexer(cursor: Cursor, { grammar, final, warn }: LexerOptions): Lexer {
  const words = createWordReader(cursor, grammar)
  let peeked: Token | undefined
  let documents: { redirection: Redirection; line: number }[] = []

  function skipBlanks() {
    for (;;) {
      const character = cursor.text[cursor.at]
      if (character === ' ' || character === '\t') cursor.at++
      else if (character === '\\' && cursor.text[cursor.at + 1] === '\n') cursor.at += 2
      else if (character === '#') {
        const end = cursor.text.indexOf('\n', cursor.at)
        cursor.at = end < 0 ? cursor.text.length : end
      } else return
    }
  }

  function readDocument({ redirection, line }: { redirection: Redirection; line: number }) {
    const strip = redirection.operator === '<<-'
    const { source, parts } = redirection.target
    const plain = parts.length === 0 || (parts.length === 1 && parts[0]?.type === 'literal')
    const delimiter = plain ? source : unquote(source)
    let text = ''
    for (;;) {
      if (cursor.at >= cursor.text.length) {
        if (!final) throw new ShellSyntaxError('syntax error: unexpected end of file', lineAt(cursor, cursor.at), true)
        warn(`here-document at line ${line} delimited by end-of-file (wanted \`${delimiter}')`, lineAt(cursor, cursor.at) - 1)
        break
      }
      const newline = cursor.text.indexOf('\n', cursor.at)
      const end = newline < 0 ? cursor.text.length : newline
      const read = cursor.text.slice(cursor.at, end)
      const written = strip ? read.replace(/^\t+/, '') : read
      cursor.at = newline < 0 ? end : end + 1
      if (written === delimiter) break
      text += newline < 0 ? written : `${written}\n`
    }
    redirection.body = {
      parts: plain ? createWordReader({ text, at: 0, firstLine: line }, grammar).hereDocument() : [{ type: 'quoted', text }],
      raw: `${text}${delimiter}\n`,
    }
  }

  function read(): Token {
    skipBlanks()
    const start = cursor.at
    const character = cursor.text[start]
    if (character === undefined) {
      if (documents.length) readDocuments()
      return { type: 'end', text: '', start }
    }
    if (character === '\n') {
      cursor.at++
      readDocuments()
      return { type: 'newline', text: 'newline', start }
    }
    const operator = operators.find((candidate) => cursor.text.startsWith(candidate, start))
    if (operator !== undefined) {
      cursor.at += operator.length
      return { type: 'operator', text: operator, start }
    }
    const digits = /^\d+(?=[<>])/.exec(cursor.text.slice(start, start + 12))?.[0]
    if (digits !== undefined) {
      cursor.at += digits.length
      return { type: 'number', text: digits, start }
    }
    const word = words.word()
    return { type: 'word', text: word.source, word, start }
  }

  function readDocuments() {
    const expected = documents
    documents = []
    for (const document of expected) readDocument(document)
  }

  return {
    words,
    peek: () => (peeked ??= read()),
    next() {
      const token = peeked ?? read()
      peeked = undefined
      return token
    },
    rewind() {
      if (peeked) cursor.at = peeked.start
      peeked = undefined
    },
    replace(start, length, text) {
      cursor.text = cursor.text.slice(0, start) + text + cursor.text.slice(start + length)
      cursor.at = start
      peeked = undefined
    },
    expectDocument(redirection, line) {
      documents.push({ redirection, line })
    },
  }
}

/** Quote removal on a here-document's delimiter, in which nothing is expanded. */
function unquote(source: string): string {
  return source.replace(/\\([^])|'([^']*)'|"((?:\\[^]|[^"\\])*)"/g, (_, escaped: string, single: string, double: string) =>
    escaped ?? single ?? double.replace(/\\([$`"\\])/g, '$1'))
}
