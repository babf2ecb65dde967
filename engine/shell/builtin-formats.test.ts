import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import { recordedText } from '../../test/support/replay.ts'
import type { Dialect } from './backslash-escapes.ts'
import { evaluateTest } from './evaluate-test.ts'
import { formatEcho } from './format-echo.ts'
import { formatPrintf } from './format-printf.ts'
import { formatTime, timeZone } from './format-time.ts'
import { addLongDoubles, formatLongDouble, parseLongDouble } from './long-double.ts'

interface Recorded {
  dialect: Dialect
  name: 'printf' | 'test' | 'echo'
  args: string[]
  status: number
  stdout: string | { base64: string }
  messages: string[]
}
const cases = JSON.parse(readFileSync(new URL('../../test/recorded/builtins.json', import.meta.url), 'utf8')) as Recorded[]

describe('as bash and coreutils do (test/recorded/builtins.json)', () => {
  for (const one of cases) {
    test(`${one.dialect}: ${one.name} ${JSON.stringify(one.args)}`, { timeout: 30_000 }, async () => {
      const { dialect, args, status, stdout, messages } = one
      if (one.name === 'printf') {
        // Coreutils' quoting of %q belongs to the commands.
        if (dialect === 'coreutils' && /%[0-9.]*q/.test(args[0] ?? '')) return
        const [format = '', ...values] = args
        const result = formatPrintf(format, values, { dialect })
        expect({ status: result.status, stdout: recordedText(result.bytes), messages: result.messages }).toEqual({ status, stdout, messages })
      } else if (one.name === 'echo') {
        expect(recordedText(formatEcho(args, dialect))).toEqual(stdout)
      } else {
        const options = { dialect, isSet: (name: string) => name === 'PATH', isOption: () => false }
        const result = await inMachine({}, (process) => evaluateTest(args, process.system, options), { files: { f: '' } })
        expect({ status: result.status, messages: result.message === undefined ? [] : [result.message] }).toEqual({ status, messages })
      }
    })
  }
})

describe('long double', () => {
  const shown = (text: string) => formatLongDouble(parseLongDouble(text).value, 'f', 25, false)
  test('has 64 bits of precision', () => {
    expect(shown('0.1')).toBe('0.1000000000000000000013553')
    expect(shown('18446744073709551615')).toBe(`18446744073709551615.${'0'.repeat(25)}`)
  })
  test('sums are rounded once', () => {
    const [a, b] = [parseLongDouble('0.1').value, parseLongDouble('0.2').value]
    expect(formatLongDouble(addLongDoubles(a, b), 'g', 17, false)).toBe('0.3')
  })
  test('tells how much of the text was a number', () => {
    expect(parseLongDouble(' -1.5e3x')).toMatchObject({ length: 7, value: { negative: true } })
    expect(parseLongDouble('x').length).toBe(0)
    expect(parseLongDouble('1e99999').outOfRange).toBe(true)
  })
})

describe('time zones', () => {
  test('an unknown name is UTC, as tzset(3) has it', () => {
    expect(timeZone('Nowhere/Land')).toBe('UTC')
    expect(timeZone(':Europe/Berlin')).toBe('Europe/Berlin')
  })
  test('offsets before the epoch and halves of hours', () => {
    expect(formatTime('%F %T.%3N %z', -1, 'UTC')).toBe('1969-12-31 23:59:59.999 +0000')
    expect(formatTime('%H:%M %:z', 0, 'Asia/Kolkata')).toBe('05:30 +05:30')
  })
})
