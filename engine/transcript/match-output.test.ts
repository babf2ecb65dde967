import { expect, test } from 'vitest'
import { matchOutput } from './match-output.ts'

test.each([
  ['', ''], ['a', 'a'], ['a\nb', 'a\nb\n'], ['a', 'a\r\n'], ['a  ', 'a'], ['a', 'a \n\n'],
  ['a...c', 'abc'], ['a...c', 'ac'], ['...', ''], ['...', 'a\nb'], ['a\n...', 'a'], ['a\n...\nz', 'a\nb\nc\nz'],
  ['a\n...\nz', 'a\nz\nz'], ['...\n...', 'x'], ['...b...d', 'abcd'],
  ['Python 3... on linux', 'Python 3.14.2 (main) on linux'], ['... passed in ...s', '3 passed in 0.1s'], ['a...b...c', 'a b b c'],
  ['.... dots', '.x. dots'.replace('x', '..')],
])('%j matches %j', (expected, actual) => {
  expect(matchOutput(expected, actual)).toBeUndefined()
})

test.each([
  ['a', '', '- a'],
  ['', 'a', '+ a'],
  ['a...c', 'a\nc', '- a...c\n+ a\n+ c'],
  ['ab...bc', 'abc', '- ab...bc\n+ abc'],
  ['a\n\nb', 'a\nb', '  a\n- \n  b'],
  [' a', 'a', '-  a\n+ a'],
  ['a\n...\nz', 'a\nb', '  a\n  ...\n- z'],
  ['one\ntwo\nthree', 'one\n2\nthree\nfour', '  one\n- two\n+ 2\n  three\n+ four'],
  ['...\nEnd: ...', 'x\ny\nStart: 1', '  ...\n- End: ...'],
])('%j against %j differs readably', (expected, actual, difference) => {
  expect(matchOutput(expected, actual)).toBe(difference)
})

test('long output is compared whole, and its difference is bounded', () => {
  const long = Array.from({ length: 20_000 }, (_, i) => `line ${i}`)
  expect(matchOutput('line 0\n...\nline 19999', long.join('\n'))).toBeUndefined()
  const difference = matchOutput('line 0\nnothing like it\n...\nline 20000', long.join('\n'))!
  expect(difference.split('\n').length).toBeLessThan(450)
  expect(difference).toContain('- nothing like it')
  expect(difference).toContain('(19600 more lines are not compared here)')
})
