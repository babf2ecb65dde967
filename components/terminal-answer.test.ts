import { expect, test } from 'vitest'
import { isTerminalAnswer } from './terminal-answer.ts'

test.each(['\x1b[?1;2c', '\x1b[>0;276;0c', '\x1b[12;40R', '\x1b[0n', '\x1b[I', '\x1b[O', '\x1b]11;rgb:00/00/00\x1b\\', '\x1bP1$r0m\x1b\\', '\x1b[?2026;2$y'.replace('$', '')])(
  'a report is no key: %j', sent => expect(isTerminalAnswer(sent)).toBe(true),
)

test.each(['a', '\r', '\x03', '\x1b', '\x1b[A', '\x1bOA', '\x1b[3~', '\x1b[1;5C', '\x1bb', '\x1b[200~ls\x1b[201~'])(
  'a key, or what is pasted, is one: %j', sent => expect(isTerminalAnswer(sent)).toBe(false),
)
