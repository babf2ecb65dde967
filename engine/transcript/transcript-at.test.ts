import { expect, test } from 'vitest'
import { parseTranscript } from './parse-transcript.ts'
import { transcriptAt } from './transcript-at.ts'

const transcript = parseTranscript('$ a\none\n\n$ cat <<E\n> x\n> E\nx\n% type\n$ b')

test.each([
  [0, 0, ''],
  [1, 2, '$ a\none'],
  [2, 7, '$ a\none\n\n$ cat <<E\n> x\n> E\nx'],
  [3, 8, transcript.text],
  [9, 8, transcript.text],
])('after %i clicks %i lines are visible', (clicks, lines, text) => {
  expect(transcriptAt(transcript, clicks)).toEqual({ lines, text })
})
