/** The grammar of compound commands and function definitions (POSIX XCU 2.9.4, 2.9.5; bash's `[[`, `((` and `for ((`). */
import { createConditionalParser } from './conditional-grammar.ts'
import { lineAt } from './cursor.ts'
import type { Rules } from './grammar.ts'
import { ShellSyntaxError } from './syntax-error.ts'
import type { CaseClause, Compound, CompoundCommand, FunctionDefinition, List, Part } from './syntax.ts'

export interface CompoundParser {
  /** The compound command or `function` definition at this place, undefined where there is none. */
  parse(): CompoundCommand | FunctionDefinition | undefined
  /** From the `(` of `name ()` on. */
  functionDefinition(name: string, line: number): FunctionDefinition
}

export function createCompoundParser(rules: Rules): CompoundParser {
  const { lexer, cursor, accept, expect, body, skipNewlines, fail } = rules
  const conditional = createConditionalParser(rules)

  const starters: Record<string, () => Compound> = {
    '{': () => {
      const list = body('}')
      expect('}')
      return { type: 'group', body: list }
    },
    if: () => {
      const clauses: { condition: List; body: List }[] = []
      do {
        const condition = body('then')
        expect('then')
        clauses.push({ condition, body: body('elif', 'else', 'fi') })
      } while (accept('elif'))
      const otherwise = accept('else') ? body('fi') : undefined
      expect('fi')
      return { type: 'if', clauses, otherwise }
    },
    while: () => loop(false),
    until: () => loop(true),
    for: forLoop,
    case: caseCommand,
    '[[': () => ({ type: 'conditional', expression: conditional() }),
  }

  function loop(until: boolean): Compound {
    const condition = body('do')
    return { type: 'while', until, condition, body: doGroup() }
  }

  function doGroup() {
    expect('do')
    const list = body('done')
    expect('done')
    return list
  }

  function forLoop(): Compound {
    const token = lexer.next()
    if (token.text === '(' && cursor.text[cursor.at] === '(') {
      cursor.at++
      const sections = splitAtSemicolons(lexer.words.arithmetic() ?? [])
      if (sections.length !== 3) throw fail(token)
      accept(';')
      skipNewlines()
      const list = lexer.peek().text === '{' ? starters['{']!.call(lexer.next()) : undefined
      const [start = [], condition = [], step = []] = sections
      return { type: 'for-arithmetic', start, condition, step, body: list?.type === 'group' ? list.body : doGroup() }
    }
    if (token.type !== 'word') throw fail(token)
    skipNewlines()
    let words
    if (accept('in')) {
      words = []
      while (lexer.peek().type === 'word' || lexer.peek().type === 'number') words.push(rules.word())
      if (lexer.peek().type !== 'newline' && lexer.peek().text !== ';') throw fail()
      lexer.next()
    } else accept(';')
    skipNewlines()
    return { type: 'for', name: token.text, words, body: doGroup() }
  }

  function caseCommand(): Compound {
    const word = rules.word()
    skipNewlines()
    expect('in')
    skipNewlines()
    const clauses: CaseClause[] = []
    while (!accept('esac')) {
      accept('(')
      const patterns = [rules.word()]
      while (accept('|')) patterns.push(rules.word())
      expect(')')
      skipNewlines()
      const ends = [';;', ';&', ';;&', 'esac']
      const list = ends.includes(lexer.peek().text) ? [] : body(...ends)
      const end = lexer.peek().text
      clauses.push({ patterns, body: list, end: end === ';&' || end === ';;&' ? end : ';;' })
      if (end !== 'esac') lexer.next()
      skipNewlines()
    }
    return { type: 'case', word, clauses }
  }

  /** `((`: arithmetic where it closes with `))`, else two subshells. */
  function parenthesis(): Compound {
    const start = cursor.at
    if (cursor.text[cursor.at] === '(') {
      cursor.at++
      const expression = lexer.words.arithmetic()
      if (expression) return { type: 'arithmetic', expression, source: cursor.text.slice(start + 1, cursor.at - 2) }
      cursor.at = start
    }
    const list = body(')')
    expect(')')
    return { type: 'subshell', body: list }
  }

  function functionDefinition(name: string, line: number): FunctionDefinition {
    if (accept('(')) expect(')')
    skipNewlines()
    const definition = parse()
    if (!definition || definition.type === 'function') throw fail()
    return { type: 'function', line, name, body: definition }
  }

  function parse(): CompoundCommand | FunctionDefinition | undefined {
    const token = lexer.peek()
    const line = lineAt(cursor, token.start)
    if (token.type === 'operator' && token.text === '(') {
      lexer.next()
      return { ...parenthesis(), line, redirections: rules.redirections() }
    }
    if (token.type !== 'word') return undefined
    if (token.text === 'select' || token.text === 'coproc') throw new ShellSyntaxError(`${token.text}: not supported by this shell`, line)
    if (token.text === 'function') {
      lexer.next()
      return functionDefinition(rules.word().source, line)
    }
    const start = Object.hasOwn(starters, token.text) ? starters[token.text] : undefined
    if (!start) return undefined
    lexer.next()
    return { ...start(), line, redirections: rules.redirections() }
  }

  return { parse, functionDefinition }
}

function splitAtSemicolons(parts: Part[]): Part[][] {
  const sections: Part[][] = [[]]
  for (const part of parts) {
    if (part.type !== 'literal') {
      sections.at(-1)?.push(part)
      continue
    }
    part.text.split(';').forEach((text, index) => {
      if (index) sections.push([])
      if (text) sections.at(-1)?.push({ type: 'literal', text })
    })
  }
  return sections
}
