import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRecording, replay, type RecordedCase } from '../../test/support/replay.ts'
import { commands } from './programs.ts'

const recording = readRecording(readFileSync(new URL('../../test/recorded/file-commands.json', import.meta.url), 'utf8'))

/** These go through directories in the order of the disk, which no two file systems share. */
const unordered = new Set(['find', 'du', 'cp', 'rm', 'chmod'])
const comparable = (one: RecordedCase): RecordedCase => {
  if (!unordered.has(one.argv[0] ?? '') || typeof one.stdout !== 'string') return one
  return { ...one, stdout: one.stdout.split('\n').sort().join('\n') }
}

describe('as the GNU tools do (test/recorded/file-commands.json)', () => {
  for (const one of recording.cases) {
    const line = one.argv.map((word) => (/^[\w./,=:+@%-]+$/.test(word) ? word : `'${word}'`)).join(' ')
    test(one.stdin ? `${JSON.stringify(one.stdin)} | ${line}` : line, { timeout: 30_000 }, async () => {
      expect(comparable(await replay(recording, one, commands))).toEqual(comparable(one))
    })
  }
})
