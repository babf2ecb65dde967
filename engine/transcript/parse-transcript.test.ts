import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseTranscript } from './parse-transcript.ts'
import type { Step } from './transcript.ts'

const steps = (source: string) => parseTranscript(source).steps
const brief = ({ kind, prompt, command, output }: Step) => [kind, prompt, command, output]

test('commands and the output expected under them', () => {
  const source = `$ python .
/opt/bin/python3: can't find '__main__' module in '/home/user/demo'
$ echo "print('Welcome to PyConf Mini!')" > __main__.py
$ python .
Welcome to PyConf Mini!
`
  expect(parseTranscript(source)).toEqual({
    text: source.trimEnd(),
    steps: [
      {
        kind: 'run', prompt: '$ ', command: 'python .', continuation: '> ', line: 0, lines: 2,
        output: "/opt/bin/python3: can't find '__main__' module in '/home/user/demo'",
      },
      {
        kind: 'run', prompt: '$ ', command: `echo "print('Welcome to PyConf Mini!')" > __main__.py`, continuation: '> ', line: 2, lines: 1,
        output: '',
      },
      { kind: 'run', prompt: '$ ', command: 'python .', continuation: '> ', output: 'Welcome to PyConf Mini!', line: 3, lines: 2 },
    ],
  })
})

test('a blank line between steps is shown, and belongs to no step', () => {
  const { text, steps } = parseTranscript('$ a\none\n\ntwo\n\n$ b\nthree\n\n\n')
  expect(text).toBe('$ a\none\n\ntwo\n\n$ b\nthree')
  expect(steps.map(({ output, line, lines }) => [output, line, lines])).toEqual([
    ['one\n\ntwo', 0, 4],
    ['three', 5, 2],
  ])
})

test('a comment is part of its command', () => {
  expect(steps("$ pex requests -o demo.pex  # it's \"open\" here\n$ ls").map(brief)).toEqual([
    ['run', '$ ', 'pex requests -o demo.pex  # it\'s "open" here', ''],
    ['run', '$ ', 'ls', ''],
  ])
})

test('directives set the kind of the next step and are not shown', () => {
  const { text, steps } = parseTranscript('% start\n$ python -m http.server\nServing ...\n% type\n$ curl localhost')
  expect(text).toBe('$ python -m http.server\nServing ...\n$ curl localhost')
  expect(steps.map(brief)).toEqual([
    ['start', '$ ', 'python -m http.server', 'Serving ...'],
    ['type', '$ ', 'curl localhost', ''],
  ])
  expect(steps[1]!.line).toBe(2)
})

test('input is typed as it is, to a command that goes on running', () => {
  expect(steps('$ cat\n% input\n$ HOME\n$ HOME\n$ cat\n% input\n\n').map(brief)).toEqual([
    ['start', '$ ', 'cat', ''],
    ['input', '', '$ HOME', ''],
    ['run', '$ ', 'HOME', ''],
    ['start', '$ ', 'cat', ''],
    ['input', '', '', ''],
  ])
})

test('a here-document, a trailing backslash, an open quote and a trailing pipe go on after `> `', () => {
  expect(steps("$ cat > f <<EOF\n> a\n> EOF\n$ echo one \\\n> two\none two\n$ echo 'a\n> b'\na\nb\n$ ls |\n> wc -l").map(brief)).toEqual([
    ['run', '$ ', 'cat > f <<EOF\na\nEOF', ''],
    ['run', '$ ', 'echo one \\\ntwo', 'one two'],
    ['run', '$ ', "echo 'a\nb'", 'a\nb'],
    ['run', '$ ', 'ls |\nwc -l', ''],
  ])
})

test('an empty line of a here-document keeps its place though an editor strips the blank after the prompt', () => {
  expect(steps('$ cat <<E\n>\n> x\n> E\n\nx').map(brief)).toEqual([['run', '$ ', 'cat <<E\n\nx\nE', '\nx']])
})

test('a line that begins with > after a finished command is output', () => {
  expect(steps('$ diff a b\n> two').map(brief)).toEqual([['run', '$ ', 'diff a b', '> two']])
})

test('steps at the prompt of Python', () => {
  const source = `$ python
Python 3.14...
>>> for i in range(2):
...     print(i)
...
0
1
>>> f(
... 1)
...
>>> exit()
$ ls`
  const parsed = steps(source)
  expect(parsed.map(brief)).toEqual([
    ['start', '$ ', 'python', 'Python 3.14...'],
    ['input', '>>> ', 'for i in range(2):\n    print(i)\n', '0\n1'],
    ['input', '>>> ', 'f(\n1)', '...'],
    ['input', '>>> ', 'exit()', ''],
    ['run', '$ ', 'ls', ''],
  ])
  expect(parsed[1]!.continuation).toBe('... ')
})

test('`...` in the output of a shell command is no prompt', () => {
  expect(steps('$ python x.py\n...\nEnd').map(brief)).toEqual([['run', '$ ', 'python x.py', '...\nEnd']])
})

test('windows line ends', () => {
  expect(steps('$ a\r\nb\r\n').map(brief)).toEqual([['run', '$ ', 'a', 'b']])
})

const goOn = 'continue it on a line that begins with `> `'
test.each([
  ['', 'transcript, line 1: no command; begin with a line `$ command`'],
  ['output', 'transcript, line 1: output stands before the first command; begin with a line `$ command`'],
  ['$ a\n% typo\n$ b', 'transcript, line 2: no directive is called typo; the directives are % type, % start, % input'],
  ['$ a\n% type', 'transcript, line 2: no command follows % type; write the directive on the line before its step'],
  ['% start\noutput', 'transcript, line 1: no command follows % start; write the directive on the line before its step'],
  ['% start\n% type\n$ a', 'transcript, line 1: no command follows % start; write the directive on the line before its step'],
  ['$ a\n$', 'transcript, line 2: a prompt without a command; write the command, or take the line away'],
  ['$ a\n$ echo "b\nc"', `transcript, line 2: the command is not finished: its " is not closed; ${goOn}`],
  ['$ cat <<E\n> x\n$ b', `transcript, line 2: the command is not finished: its here-document has no line E; ${goOn}`],
  ['>>> 1', 'transcript, line 1: no program runs that could read this; start one above it with `$ command`'],
  ['% type\n$ cat\n% input\nx', 'transcript, line 4: no program runs that could read this; start one above it with `$ command`'],
  ['% type\n$ ls\nfile', 'transcript, line 3: a command that is only typed has output; take the output or `% type` away'],
])('%j is refused by line and remedy', (source, message) => {
  expect(() => parseTranscript(source)).toThrow(expect.objectContaining({ name: 'TranscriptError', message }))
})

const deck = ['slides.md', 'pages/main.md', 'pages/runtime.md', 'pages/deploy.md', 'pages/encounters.md']
const blocks = deck.flatMap(path => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```terminal[^\n]*\n([^]*?)\n```$/gm)].map(found => [path, found[1]!] as const)
})

test('the deck has transcripts', () => {
  expect(blocks.length).toBeGreaterThan(5)
})

test.each(blocks)('%s: every transcript of the deck reads back to itself', (_, source) => {
  const { text, steps } = parseTranscript(source)
  const rebuilt = steps.flatMap(({ prompt, command, continuation, output }) => [
    ...command.split('\n').map((line, i) => (i === 0 ? prompt : continuation) + line),
    ...(output === '' ? [] : [output]),
  ])
  expect(rebuilt.join('\n').replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'))
})

test('keys that end or stop a program are steps, as the terminal shows them', () => {
  const source = '$ python -m http.server\nServing ...\n^C\nKeyboard interrupt received, exiting.\n$ cat\n^Z\n$ ls'
  expect(steps(source).map(brief)).toEqual([
    ['start', '$ ', 'python -m http.server', 'Serving ...'],
    ['input', '', '^C', 'Keyboard interrupt received, exiting.'],
    ['start', '$ ', 'cat', ''],
    ['input', '', '^Z', ''],
    ['run', '$ ', 'ls', ''],
  ])
  expect(parseTranscript(source).text).toBe(source)
  expect(steps('$ echo ^C^C\n^C^C').map(brief)).toEqual([['run', '$ ', 'echo ^C^C', '^C^C']])
})
