import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { unfinishedCommand } from './unfinished-command.ts'

const finished = [
  'ls', "echo 'a' \"b\"", 'echo "a \\" b"', "echo it\\'s", 'echo # \'open', 'echo a#\\\'', 'cat <<E\nx\nE', 'cat <<-E\n\tx\n\tE',
  "cat <<'E F'\nx\nE F", 'cat <<A <<B\na\nA\nb\nB',
  'cat <<< x', 'a && b', 'a || b', 'a | b', 'a & b', 'a &', 'a;', '(a; b)', 'echo $(a)', 'x=$((1 + (2)))', 'if a; then b; fi',
  'for i in 1 2; do a; done', 'while a; do b; done | c',
  'case x in a) b;; (c) d;; esac', '{ a; }', 'f() { a; }', 'echo if do case', 'echo { }', 'echo "$(a "b" c)"', 'a |\nb', 'a \\\nb',
  'a 2>&1 | b', 'echo "a\nb"', 'cat <<E | wc\nx\nE\nls', 'if a; then\nb\nfi',
  'f() {\na\n}', 'cat <<E\n\' " ( |\nE', 'echo a \\| b',
]
const unfinished: [string, string][] = [
  ["echo 'a", "its ' is not closed"], ['echo "a', 'its " is not closed'], ['echo "a \\"', 'its " is not closed'],
  ['a \\', 'it ends in a backslash'],
  ['cat <<E', 'its here-document has no line E'], ['cat <<E\nx', 'its here-document has no line E'],
  ['cat <<E\n\tE', 'its here-document has no line E'],
  ['cat <<A <<B\nA', 'its here-document has no line B'], ['a |', 'nothing follows its |'], ['a &&', 'nothing follows its &&'],
  ['a ||\n', 'nothing follows its ||'], ['a | # b', 'nothing follows its |'],
  ['(a', 'it has no )'], ['echo $(a', 'it has no )'], ['if a; then b', 'it has no fi'], ['for i in 1; do a', 'it has no done'],
  ['while a; do b;', 'it has no done'],
  ['case x in a) b;;', 'it has no esac'], ['{ a;', 'it has no }'], ['f() {', 'it has no }'],
  ['if a; then for i in 1; do b; done', 'it has no fi'],
]

test.each(finished)('%j is finished', command => {
  expect(unfinishedCommand(command)).toBeUndefined()
})
test.each(unfinished)('%j is not: %s', (command, why) => {
  expect(unfinishedCommand(command)).toBe(why)
})

test('bash agrees on every one of them', () => {
  // bash -n reports an unfinished command as an unexpected end of file; a here-document only by a warning, a trailing backslash not at all.
  const isUnfinished = (command: string) => {
    const { stderr } = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' })
    return /unexpected (end of file|EOF)|here-document at line/.test(stderr)
  }
  expect(finished.filter(isUnfinished)).toEqual([])
  expect(unfinished.filter(([command]) => !isUnfinished(command)).map(([command]) => command)).toEqual(['a \\'])
})
