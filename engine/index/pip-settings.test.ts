/** Settings as pip finds them: scripts/record-pip-settings.py says what was asked of it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { IndexError } from './index-error.ts'
import { pipSettings, type PipSettings } from './pip-settings.ts'

interface Recorded {
  tool: string
  cases: { environment: Record<string, string>; files: Record<string, string>; settings: Record<keyof PipSettings, unknown> | null }[]
}
const recorded = JSON.parse(readFileSync(new URL('../../test/recorded/pip-settings.json', import.meta.url), 'utf8')) as Recorded

const found = (environment: Record<string, string>, files: Record<string, string>) => pipSettings({
  environment,
  home: '/home/user',
  prefix: '/prefix',
  command: 'download',
  read: async path => {
    const text = files[path]
    return text === undefined ? undefined : new TextEncoder().encode(text)
  },
})

test(`${recorded.cases.length} set-ups mean to us what they mean to ${recorded.tool}`, async () => {
  expect(recorded.cases.length).toBeGreaterThan(300)
  for (const { environment, files, settings } of recorded.cases) {
    const what = JSON.stringify({ environment, files })
    if (settings === null) {
      await expect(found(environment, files), what).rejects.toThrow(IndexError)
    } else {
      const defined = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
      expect(JSON.parse(JSON.stringify(await found(environment, files))), what).toEqual(defined)
    }
  }
})

test('what cannot be read says where', async () => {
  await expect(found({}, { '/home/user/.config/pip/pip.conf': '[global]\nword\n' })).rejects.toThrow('/home/user/.config/pip/pip.conf (line 2) is no configuration of pip')
  await expect(found({ PIP_RETRIES: 'many' }, {})).rejects.toThrow("pip's setting retries is a whole number, not many")
})
