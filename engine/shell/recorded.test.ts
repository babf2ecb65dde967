import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { programs } from '../commands/programs.ts'
import { readRecording, replay, type RecordedCase } from '../../test/support/replay.ts'
import { createShell } from './create-shell.ts'

const recording = readRecording(readFileSync(new URL('../../test/recorded/shell.json', import.meta.url), 'utf8'))
const commands = Object.fromEntries(Object.entries(programs).flatMap(([name, { program }]) => (program.kind === 'command' ? [[name, program.run]] : [])))

/** A process's number, in `line 1: 12345 Killed`. */
const withoutPids = (one: RecordedCase) => ({ ...one, stderr: one.stderr.replace(/(line \d+:) +\d+ (?=[A-Z])/g, '$1 PID ') })

describe('as bash 5.2 does', () => {
  for (const one of recording.cases) {
    test(`${one.argv.join(' ')}${one.stdin ? ` < ${one.stdin}` : ''}`.replaceAll('\n', '⏎'), async () => {
      expect(withoutPids(await replay(recording, one, { ...commands, bash: createShell(), sh: createShell() }))).toEqual(withoutPids(one))
    }, 20_000)
  }
})
