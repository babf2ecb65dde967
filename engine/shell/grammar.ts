/**
 * The parser (POSIX XCU 2.10): text to lists of commands, one complete command at a time, so that what stands before an error runs first,
 * as it does in bash. Compound commands are in compound.ts.
 */
import { createCompoundParser } from './compound.ts'
import { lineAt, type Cursor } from './cursor.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { CommandNode, List, ListItem, Part, Pipeline, Redirection, RedirectionOperator, SimpleCommand, Word } from './syntax.ts'
import { createLexer, type Lexer, type Token } from './tokens.ts'
import { asAssignment, type Grammar } from './word.ts'

export interface ParseOptions {
  aliases?: ReadonlyMap<string, string>
  /** Default 1. */
  firstLine?: number
  /** No more input follows the text. Default true. */
  final?: boolean
  warn?: (message: string, line: number) => void
}

export interface Parser {
  readonly cursor: Cursor
  /** The next complete command (a line, or several where it goes on), undefined at the end. Throws ShellSyntaxError. */
  next(): List | undefined
}

/** What the parts of the grammar ask of each other. */
export interface Rules {
  readonly cursor: Cursor
  readonly lexer: Lexer
  /** A list up to one of these reserved words or operators, which is left to be read. It holds at least one command. */
  body(...ends: string[]): List
  /** Reads this reserved word or operator, or complains. */
  expect(text: string): void
  /** True and read over when the next token is this reserved word or operator. */
  accept(text: string): boolean
  skipNewlines(): void
  word(): Word
  redirections(): Redirection[]
  fail(token?: Token): ShellSyntaxError
}

const reserved = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', 'in'])
const redirectionOperators = new Set(['<', '>', '>>', '>|', '<>', '<&', '>&', '&>', '&>>', '<<', '<<-', '<<<'])

export function createParser(text: string, options: ParseOptions = {}): Parser {
  const cursor: Cursor = { text, at: 0, firstLine: options.firstLine ?? 1 }
  const rules = createRules(cursor, options)
  return {
    cursor,
    next() {
      rules.skipNewlines()
      if (rules.lexer.peek().type === 'end') return undefined
      const list = rules.list(() => false, true)
      const end = rules.lexer.next()
      if (end.type !== 'newline' && end.type !== 'end') throw rules.fail(end)
      return list
    },
  }
}

/** The expansions in a text that is quoted by its place: a prompt. */
export function parseDocument(text: string): Part[] {
  const rules = createRules({ text, at: 0, firstLine: 1 }, {})
  return rules.lexer.words.hereDocument()
}

function createRules(cursor: Cursor, options: ParseOptions) {
  const { aliases, final = true, warn = () => undefined } = options
  const grammar: Grammar = {
    substitution(at) {
      const inner = createRules(at, options)
      inner.skipNewlines()
      const list = inner.list((token) => token.text === ')' && token.type === 'operator', false)
      const end = inner.lexer.next()
      if (end.type === 'end') throw new ShellSyntaxError("unexpected EOF while looking for matching `)'", lineAt(at, at.at), true)
      if (end.text !== ')') throw inner.fail(end)
      return list
    },
    script(source) {
      const parser = createParser(source, options)
      const list: List = []
      for (let line = parser.next(); line; line = parser.next()) list.push(...line)
      return list
    },
  }
  const lexer = createLexer(cursor, { grammar, final, warn })
  let guards: { name: string; until: number }[] = []

  const fail = (token: Token = lexer.peek()) => {
    const line = lineAt(cursor, token.start)
    if (token.type === 'end') return new ShellSyntaxError('syntax error: unexpected end of file', line, true)
    return new ShellSyntaxError(`syntax error near unexpected token \`${token.text}'`, line, false, true)
  }
  const isToken = (token: Token, text: string) => token.text === text && (token.type === 'operator' || token.type === 'word')
  const skipNewlines = () => {
    while (lexer.peek().type === 'newline') lexer.next()
  }
  const accept = (text: string) => {
    if (!isToken(lexer.peek(), text)) return false
    lexer.next()
    return true
  }

  /** `oneLine`: a newline ends the list; otherwise newlines separate its commands. */
  function list(ends: (token: Token) => boolean, oneLine: boolean): List {
    const items: List = []
    for (;;) {
      const token = lexer.peek()
      if (token.type === 'end' || ends(token) || (oneLine && items.length > 0 && token.type === 'newline')) return items
      const item = andOr()
      items.push(item)
      const separator = lexer.peek()
      if (separator.type === 'operator' && (separator.text === ';' || separator.text === '&')) {
        lexer.next()
        item.background = separator.text === '&'
        if (!oneLine) skipNewlines()
      } else if (separator.type === 'newline' && !oneLine) skipNewlines()
      else return items
    }
  }

  function body(...ends: string[]): List {
    skipNewlines()
    const items = list((token) => ends.some((end) => isToken(token, end)), false)
    if (!items.length || !ends.some((end) => isToken(lexer.peek(), end))) throw fail()
    return items
  }

  function andOr(): ListItem {
    const item: ListItem = { first: pipeline(), rest: [], background: false }
    for (;;) {
      const { type, text: operator } = lexer.peek()
      if (type !== 'operator' || (operator !== '&&' && operator !== '||')) return item
      lexer.next()
      skipNewlines()
      item.rest.push({ operator, pipeline: pipeline() })
    }
  }

  function pipeline(): Pipeline {
    const found: Pipeline = { negated: false, timed: '', commands: [] }
    for (;;) {
      if (accept('!')) found.negated = !found.negated
      else if (!found.timed && accept('time')) found.timed = accept('-p') ? 'posix' : 'bash'
      else break
    }
    const { type, text: next } = lexer.peek()
    if ((found.timed || found.negated) && (type === 'newline' || type === 'end' || next === ';')) return found
    for (;;) {
      const command = commandNode()
      found.commands.push(command)
      const separator = lexer.peek()
      if (separator.type !== 'operator' || (separator.text !== '|' && separator.text !== '|&')) return found
      lexer.next()
      if (separator.text === '|&' && command.type !== 'function') {
        command.redirections.push({ operator: '>&', fd: 2, target: { source: '1', parts: [{ type: 'literal', text: '1' }] } })
      }
      skipNewlines()
    }
  }

  function commandNode(): CommandNode {
    expandAlias()
    const token = lexer.peek()
    const compound = compounds.parse()
    if (compound) return compound
    if (token.type === 'word' && reserved.has(token.text) && token.text !== 'in') throw fail(token)
    return simple()
  }

  function simple(): CommandNode {
    const start = lexer.peek()
    const command: SimpleCommand = { type: 'simple', line: lineAt(cursor, start.start), assignments: [], words: [], redirections: [] }
    for (;;) {
      if (!command.words.length) expandAlias()
      const token = lexer.peek()
      const redirection = maybeRedirection()
      if (redirection) {
        command.redirections.push(redirection)
        continue
      }
      if (token.type !== 'word') break
      lexer.next()
      const assignment = command.words.length ? undefined : asAssignment(token.word)
      if (assignment) {
        if (!assignment.value.parts.length && cursor.text[cursor.at] === '(') {
          throw new ShellSyntaxError(`${assignment.name}: arrays are not supported`, command.line)
        }
        command.assignments.push(assignment)
      } else {
        command.words.push(token.word)
        if (command.words.length === 1 && !command.assignments.length && isFunctionHead(token.text)) {
          return compounds.functionDefinition(token.text, command.line)
        }
      }
    }
    if (!command.words.length && !command.assignments.length && !command.redirections.length) throw fail()
    return command
  }

  function isFunctionHead(name: string) {
    return lexer.peek().type === 'operator' && lexer.peek().text === '(' && /^[^$'"\\`=]+$/.test(name)
  }

  function maybeRedirection(): Redirection | undefined {
    const token = lexer.peek()
    if (token.type !== 'number' && !(token.type === 'operator' && redirectionOperators.has(token.text))) return undefined
    lexer.next()
    const operator = token.type === 'number' ? lexer.next() : token
    const redirection: Redirection = {
      operator: operator.text as RedirectionOperator,
      fd: token.type === 'number' ? Number(token.text) : undefined,
      target: word(),
    }
    if (operator.text === '<<' || operator.text === '<<-') lexer.expectDocument(redirection, lineAt(cursor, operator.start))
    return redirection
  }

  function word(): Word {
    const token = lexer.next()
    if (token.type === 'word') return token.word
    if (token.type === 'number') return { source: token.text, parts: [{ type: 'literal', text: token.text }] }
    throw fail(token)
  }

  /** POSIX XCU 2.3.1: a command's first word, and the next one behind an alias that ends in a blank. */
  function expandAlias() {
    for (;;) {
      const token = lexer.peek()
      if (!aliases || token.type !== 'word') return
      const value = aliases.get(token.text)
      guards = guards.filter(({ until }) => token.start < until)
      if (value === undefined || guards.some(({ name }) => name === token.text)) return
      lexer.replace(token.start, token.text.length, value)
      const growth = value.length - token.text.length
      guards = guards.map(({ name, until }) => ({ name, until: until + growth }))
      guards.push({ name: token.text, until: token.start + value.length })
    }
  }

  const rules = {
    cursor, lexer, list, body, accept, skipNewlines, word, fail,
    expect(text: string) {
      if (!accept(text)) throw fail()
    },
    redirections() {
      const found: Redirection[] = []
      for (let redirection = maybeRedirection(); redirection; redirection = maybeRedirection()) found.push(redirection)
      return found
    },
  }
  const compounds = createCompoundParser(rules)
  return rules
}
