/** The expression of bash's `[[ ... ]]`, up to and over its `]]`. */
import { lineAt } from './cursor.ts'
import type { Rules } from './grammar.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { Conditional, Word } from './syntax.ts'

const binaryWords = new Set(['=', '==', '!=', '=~', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'])

export function createConditionalParser({ lexer, cursor, accept, expect, skipNewlines, word, fail }: Rules): () => Conditional {
  function or(): Conditional {
    let left = and()
    while (accept('||')) left = { type: 'or', left, right: and() }
    return left
  }

  function and(): Conditional {
    let left = not()
    while (accept('&&')) left = { type: 'and', left, right: not() }
    return left
  }

  function not(): Conditional {
    skipNewlines()
    if (accept('!')) return { type: 'not', operand: not() }
    if (lexer.peek().type === 'operator' && accept('(')) {
      const inner = or()
      expect(')')
      skipNewlines()
      return inner
    }
    return primary()
  }

  function primary(): Conditional {
    if (lexer.peek().text === ']]') throw fail()
    const first = word()
    const { text: operator, type, start } = lexer.peek()
    if (/^-[a-hknoprstuvwxzGLNOS]$/.test(first.source) && !binaryWords.has(operator)) {
      if (operator === ']]') throw new ShellSyntaxError("unexpected argument `]]' to conditional unary operator", lineAt(cursor, start))
      const operand = word()
      skipNewlines()
      return { type: 'unary', operator: first.source, operand }
    }
    if (!binaryWords.has(operator) && operator !== '<' && operator !== '>') {
      if (type === 'newline') {
        throw new ShellSyntaxError("unexpected token `newline', conditional binary operator expected", lineAt(cursor, start))
      }
      if (type === 'word' && operator !== ']]') throw new ShellSyntaxError('conditional binary operator expected', lineAt(cursor, start))
      skipNewlines()
      return { type: 'unary', operator: '-n', operand: first }
    }
    lexer.next()
    const right = operator === '=~' ? regularExpression() : word()
    skipNewlines()
    return { type: 'binary', operator, left: first, right }
  }

  /** Parentheses and bars in it are the expression's, not the shell's. */
  function regularExpression(): Word {
    while (cursor.text[cursor.at] === ' ' || cursor.text[cursor.at] === '\t') cursor.at++
    return lexer.words.word(' \t\n')
  }

  return () => {
    const expression = or()
    expect(']]')
    return expression
  }
}
