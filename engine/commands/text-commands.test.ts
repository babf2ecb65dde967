import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRecording, replay } from '../../test/support/replay.ts'
import { commands } from './programs.ts'

const recording = readRecording(readFileSync(new URL('../../test/recorded/text-commands.json', import.meta.url), 'utf8'))

describe('as the GNU tools do (test/recorded/text-commands.json)', () => {
  for (const one of recording.cases) {
    const line = one.argv.map((word) => (/^[\w./,=:+@%-]+$/.test(word) ? word : `'${word}'`)).join(' ')
    test(one.stdin === undefined ? line : `${JSON.stringify(one.stdin)} | ${line}`, { timeout: 30_000 }, async () => {
      expect(await replay(recording, one, commands)).toEqual(one)
    })
  }
})
