import { expect, test } from 'vitest'
import { expandHistory } from './history-expansion.ts'

const history = ['ls -l', 'echo "a b" c', 'python demo.zip']

test.each([
  ['!!', 'python demo.zip'], ['sudo !! x', 'sudo python demo.zip x'], ['!1', 'ls -l'], ['!-2', 'echo "a b" c'], ['!ec', 'echo "a b" c'], ['!?demo?', 'python demo.zip'],
  ['cat !$', 'cat demo.zip'], ['!echo:1', '"a b"'], ['x !1:*', 'x -l'], ['^demo^other', 'python other.zip'], ['echo "!$"', 'echo "demo.zip"'],
])('%s is %s', (line, expanded) => {
  expect(expandHistory(line, history)).toEqual({ line: expanded })
})

test.each(["echo '!!'", 'echo a! b', 'x != y', 'echo \\!!', 'plain'])('%s has no event in it', (line) => {
  expect(expandHistory(line, history)).toBeUndefined()
})

test.each([['!nope', '!nope: event not found'], ['!99', '!99: event not found'], ['!1:7', '!1:7: bad word specifier']])('%s fails', (line, error) => {
  expect(expandHistory(line, history)).toEqual({ error })
})
