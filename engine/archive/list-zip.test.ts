import { expect, test } from 'vitest'
import { open, recordedArchive, utf8, zipOf } from '../../test/support/recorded-archives.ts'
import { compressionPercent, compressionRatio } from './compression-ratio.ts'
import { listShort } from './list-zip.ts'
import { dateOrderOf } from './listed-date.ts'

test("the talk's listing", async () => {
  const { entries } = await open(recordedArchive('demo.zip'))
  expect(`Archive:  demo.zip\n${[...listShort(entries, { dates: dateOrderOf({ LC_ALL: 'en_US.UTF-8' }) })].join('')}`).toBe(
    `Archive:  demo.zip
  Length      Date    Time    Name
---------  ---------- -----   ----
       90  09-26-2024 14:00   __main__.py
       50  09-26-2024 14:00   my_script.py
---------                     -------
      140                     2 files
`,
  )
})

test('the order of dates by the locale', () => {
  expect(dateOrderOf({})).toBe('ymd')
  expect(dateOrderOf({ LANG: 'C.UTF-8' })).toBe('ymd')
  expect(dateOrderOf({ LANG: 'en_US.UTF-8' })).toBe('mdy')
  expect(dateOrderOf({ LANG: 'en_US.UTF-8', LC_TIME: 'C' })).toBe('ymd')
  expect(dateOrderOf({ LC_ALL: 'en_US', LC_TIME: 'C' })).toBe('mdy')
})

test('one file, and control characters in its name', async () => {
  const { entries } = await open(await zipOf([{ name: 'a\tb\x7f', data: utf8('x') }]))
  expect([...listShort(entries)].join('')).toContain('        1  1980-01-01 00:00   a^Ib^?\n')
  expect([...listShort(entries)].at(-1)).toMatch(/ 1 file\n$/)
  expect([...listShort(entries, { bare: true })].join('').split('\n').length).toBe(2)
})

test('ratios round as those of Info-ZIP', () => {
  expect(compressionRatio(0, 10)).toBe(0)
  expect(compressionRatio(3, 5)).toBe(-667)
  expect(compressionPercent(3, 5)).toBe(-67)
  expect(compressionRatio(3_000_000, 1_000_000)).toBe(667)
  expect(compressionPercent(200, 1)).toBe(100)
})
