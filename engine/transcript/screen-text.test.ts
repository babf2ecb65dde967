import { expect, test } from 'vitest'
import { screenText } from './screen-text.ts'

test.each([
  ['', ''],
  ['a\r\nb\r\n', 'a\nb'],
  ['a\nb', 'a\nb'],
  ['10%\r50%\r100%\r\ndone', '100%\ndone'],
  ['abc\rx', 'xbc'],
  ['abc\b\b \b', 'a c'],
  ['a\tb', 'a       b'],
  ['\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mrgb\x1b[m', 'red rgb'],
  ['\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1b]8;;\x1b\\', 'ab'],
  ['\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x07f\r\n\x1b]133;D;0\x07', '$ ls\nf'],
  ['\x1b]7;file://talk/home', ''],
  ['\x1b[?2004habc\x1b[?2004l', 'abc'],
  ['abc\x1b[2D\x1b[K', 'a'],
  ['abc\r\x1b[2Kx', 'x'],
  ['abc\x1b[2D\x1b[1K', '  c'],
  ['abc\x1b[2D\x1b[P', 'ac'],
  ['abc\x1b[2D\x1b[@X', 'aXbc'],
  ['abc\x1b[2D\x1b[X', 'a c'],
  ['old\r\nscreen\x1b[H\x1b[2Jnew', 'new'],
  ['a\r\nb\r\nc\x1b[2A\x1b[0J', 'a'],
  ['a\r\nb\x1b[1Jc', '\n c'],
  ['a\x1b[3Cb', 'a   b'],
  ['one\r\ntwo\x1b[1;1HO', 'One\ntwo'],
  ['\x1b[3;5Hx', '\n\n    x'],
  ['abc\x1b[2Gx', 'axc'],
  ['x\x1bcy', 'y'],
  ['abc\x1b[>1D\x1b[?1Kx', 'abcx'],
  ['\x1b(Ba\x1b=\x07b\x00', 'ab'],
  ['trailing   \r\n\r\n', 'trailing'],
  ['e\u0301a\b\bE', 'Ea'],
  ['日本\b\bx', '日x'],
  ['🐈!', '🐈!'],
])('%j leaves %j', (output, text) => {
  expect(screenText(output)).toBe(text)
})

test('bytes are UTF-8', () => {
  expect(screenText(new TextEncoder().encode('é\r\n└── x'))).toBe('é\n└── x')
})

test('a jump far away takes no room', () => {
  expect(screenText('\x1b[999999999;999999999Hx\x1b[999999999Bx').length).toBeLessThan(10_000)
})
