import { expect, test } from 'vitest'
import { parseTranscript } from './parse-transcript.ts'
import { promptAfter } from './prompt-after.ts'

test.each([
  ['$ ls', '$ '],
  ['$ python\n>>> 1\n1', '>>> '],
  ['$ python\n>>> exit()', '$ '],
  ['% start\n$ python -m http.server', ''],
  ['% type\n$ ls', ''],
  ['$ sleep 9\n^C', '$ '],
  ['$ cat\n% input\na line\na line', ''],
])('after %j waits %j', (source, prompt) => expect(promptAfter(parseTranscript(source).steps)).toBe(prompt))
