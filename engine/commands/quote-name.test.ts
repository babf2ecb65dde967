import { expect, it } from 'vitest'
import { quoteName, quoteNameInMessage, quoteNameWhereNeeded, quoteWord } from './quote-name.ts'

/** Name, `ls --quoting-style=shell-escape` and `shell-escape-always` of coreutils 9.1 in C.UTF-8. */
const recorded: [string, string, string][] = [
  ['plain', 'plain', "'plain'"],
  ['a b', "'a b'", "'a b'"],
  ["it's", '"it\'s"', '"it\'s"'],
  ["it's $5", "'it'\\''s $5'", "'it'\\''s $5'"],
  ["'", '"\'"', '"\'"'],
  ['a\nb', "'a'$'\\n''b'", "'a'$'\\n''b'"],
  ['a\n\tb', "'a'$'\\n\\t''b'", "'a'$'\\n\\t''b'"],
  ['a\n', "'a'$'\\n'", "'a'$'\\n'"],
  ['\x01z', "''$'\\001''z'", "''$'\\001''z'"],
  ["\n'x", "''$'\\n'\\''x'", "''$'\\n'\\''x'"],
  ['é', 'é', "'é'"],
  ['~x', "'~x'", "'~x'"],
  ['x~', 'x~', "'x~'"],
  ['#x', "'#x'", "'#x'"],
  ['{', "'{'", "'{'"],
  ['{}', '{}', "'{}'"],
  ['a=b', "'a=b'", "'a=b'"],
  ['a\\b', "'a\\b'", "'a\\b'"],
  ['a?b', "'a?b'", "'a?b'"],
  ["a?'", "'a?'\\'''", "'a?'\\'''"],
  ["~'", '"~\'"', '"~\'"'],
  ["x~'", "'x~'\\'''", "'x~'\\'''"],
  ["{'", "'{'\\'''", "'{'\\'''"],
  [']@%+,', ']@%+,', "']@%+,'"],
  ["a@'", '"a@\'"', '"a@\'"'],
]

it.each(recorded)('%j', (name, whereNeeded, always) => {
  expect(quoteNameWhereNeeded(name)).toBe(whereNeeded)
  expect(quoteName(name)).toBe(always)
})
it('quotes a colon in a message', () => expect([quoteNameInMessage('a:b'), quoteNameInMessage('ab')]).toEqual(["'a:b'", 'ab']))
it('quotes words', () => expect(quoteWord("it's\n\\")).toBe("'it\\'s\\n\\\\'"))
