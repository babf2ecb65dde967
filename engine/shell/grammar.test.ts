import { describe, expect, test } from 'vitest'
import { formatFunction, formatItem } from './format.ts'
import { createParser } from './grammar.ts'
import { ShellSyntaxError } from './syntax-error.ts'

const lines = (text: string, aliases?: Map<string, string>) => {
  const parser = createParser(text, { aliases })
  const found: string[] = []
  for (let list = parser.next(); list; list = parser.next()) found.push(list.map(formatItem).join('; '))
  return found
}
const failure = (text: string) => {
  try {
    lines(text)
  } catch (error) {
    if (error instanceof ShellSyntaxError) return { message: error.message, line: error.line, incomplete: error.incomplete }
    throw error
  }
  return undefined
}

describe('the parser', () => {
  test('takes one complete command at a time, so what stands before an error can run', () => {
    const parser = createParser('echo a; echo b\necho )\n')
    expect(parser.next()).toHaveLength(2)
    expect(() => parser.next()).toThrow("syntax error near unexpected token `)'")
  })

  test('reads lists, pipelines, assignments and redirections', () => {
    expect(lines('a=1 b+=2 cmd "x y" $z <in 2>&1 >>out | c |& d && ! e || f & g')).toEqual([
      'a=1 b+=2 cmd "x y" $z < in 2>&1 >> out | c 2>&1 | d && ! e || f &; g',
    ])
  })

  test('reads compound commands over several lines', () => {
    expect(lines('if a\nthen b\nelif c; then d; else e\nfi >x')).toEqual([
      'if a; then\n    b;\nelse\n    if c; then\n        d;\n    else\n        e;\n    fi;\nfi > x',
    ])
    expect(lines('for x in 1 2; do echo $x; done; case $x in a|b) c;; *) d; esac')).toEqual([
      'for x in 1 2;\ndo\n    echo $x;\ndone; case $x in \n    a | b)\n        c\n    ;;\n    *)\n        d\n    ;;\nesac',
    ])
  })

  test('keeps a function as text that reads back as the same function', () => {
    const [item] = createParser('f() { a; while b; do c; done; }').next() ?? []
    const definition = item?.first.commands[0]
    if (definition?.type !== 'function') throw new Error('no function')
    const text = formatFunction(definition)
    expect(text).toBe('f () \n{ \n    a;\n    while b; do\n        c;\n    done\n}')
    const [again] = createParser(text).next() ?? []
    expect(again?.first.commands[0]?.type === 'function' && formatFunction(again.first.commands[0])).toBe(text)
  })

  test('replaces aliases once, at the start of commands only', () => {
    const aliases = new Map([['ls', 'ls -F'], ['ll', 'ls -l']])
    expect(lines('ll ll; x=1 ls | ls', aliases)).toEqual(['ls -F -l ll; x=1 ls -F | ls -F'])
    expect(lines('"ll"; \\ll', aliases)).toEqual(['"ll"; \\ll'])
  })

  test('tells what more input could mend from what it could not', () => {
    for (const text of ['if a', 'echo "a', "echo 'a", 'a |', 'a &&', '{ b', 'echo $(b', 'f() {', 'case x in', 'echo ${x']) {
      expect(failure(text)).toMatchObject({ incomplete: true })
    }
    for (const text of ['echo )', 'fi', '; a', 'a ;; b', 'for (', '| a']) expect(failure(text)).toMatchObject({ incomplete: false })
    expect(failure('a\nb\nfi\n')).toEqual({ message: "syntax error near unexpected token `fi'", line: 3, incomplete: false })
  })

  test('refuses arrays by name', () => {
    expect(failure('x=(1 2)')).toMatchObject({ message: 'x: arrays are not supported' })
  })
})
