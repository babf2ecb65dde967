import { expect, test } from 'vitest'
import { pythonRepr } from './python-repr.ts'
import { formatTemplate, templateAfter } from './python-template.ts'
import { shellQuote } from './shell-quote.ts'
import { splitWords } from './split-words.ts'

const source = 'def other():\n    dedent("""no""")\n\ndef made():\n    x = dedent(\n        """\\\n        a {name!r}\n\n          b {{{name}}} \\\\\n        """\n    ).format(name=1)\n'

test('a template is found, dedented and filled in', () => {
  const template = templateAfter(source, 'def made')
  expect(template).toBe('a {name!r}\n\n  b {{{name}}} \\\n')
  expect(formatTemplate(template, { name: "it's" })).toBe('a "it\'s"\n\n  b {it\'s} \\\n')
})

test('a source that has changed is refused', () => {
  expect(() => templateAfter(source, 'def gone')).toThrow('has no template after `def gone`')
  expect(() => formatTemplate('{other}', {})).toThrow('asks for `other`')
})

test('tuples and booleans as repr writes them', () => {
  expect([pythonRepr([]), pythonRepr(['-u']), pythonRepr(['a', "b'"]), pythonRepr(true)]).toEqual(['()', "('-u',)", '(\'a\', "b\'")', 'True'])
})

test('words of a shell are split and quoted as shlex does it', () => {
  expect(splitWords(`a 'b c' "d \\" \\n e"f\\ g '' --x=1`)).toEqual(['a', 'b c', 'd " \\n ef g', '', '--x=1'])
  expect(() => splitWords("a 'b")).toThrow('No closing quotation')
  expect(['', 'a-b/c=1', 'a b', "it's"].map(shellQuote)).toEqual(["''", 'a-b/c=1', "'a b'", `'it'"'"'s'`])
})
