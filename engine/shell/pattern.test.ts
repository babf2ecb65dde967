import { describe, expect, test } from 'vitest'
import { expandBraces } from './brace.ts'
import { hasMagic, matchesPattern, quotePattern } from './pattern.ts'

describe('patterns', () => {
  test.each([
    ['*', 'anything', true], ['a?c', 'abc', true], ['a?c', 'ac', false], ['[a-c]x', 'bx', true], ['[!a-c]x', 'bx', false], ['[]x]', ']', true],
    ['[[:digit:]]*', '7up', true], ['[a', '[a', true], ['a\\*b', 'a*b', true], ['a\\*b', 'axb', false], ['*.tar.*', 'x.tar.gz', true], ['😀?', '😀é', true], ['[^x]', 'y', true], ['[b-a]', 'b', false],
  ])('%s against %s', (pattern, text, matches) => {
    expect(matchesPattern(text, pattern)).toBe(matches)
  })

  test('quoted text matches only itself', () => {
    for (const text of ['*', '[a]', 'a\\b', 'x-y!', '?^']) {
      expect(matchesPattern(text, quotePattern(text))).toBe(true)
      expect(hasMagic(quotePattern(text))).toBe(false)
    }
  })
})

describe('braces', () => {
  const expand = (text: string) =>
    expandBraces([{ type: 'literal', text }]).map((parts) => parts.map((part) => ('text' in part ? part.text : '')).join(''))
  test.each([
    ['a{b,c}d', ['abd', 'acd']], ['{a,{b,c}}', ['a', 'b', 'c']], ['{1..3}', ['1', '2', '3']], ['{3..1}', ['3', '2', '1']], ['{01..03}', ['01', '02', '03']],
    ['{a..c}', ['a', 'b', 'c']], ['{}', ['{}']], ['{a}', ['{a}']], ['{a', ['{a']], ['x{,y}', ['x', 'xy']],
  ])('%s', (text, fields) => {
    expect(expand(text)).toEqual(fields)
  })
})
