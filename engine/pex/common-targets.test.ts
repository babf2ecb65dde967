import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { commonPythons, commonSystems, commonTarget } from './common-targets.ts'

interface Platform {
  compatible_tags: string[]
  marker_environment: Record<string, string>
}

const file = new URL('../../test/recorded/pex-environment.json.gz', import.meta.url)
const { complete } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { complete: Platform[] }

test.each([[1, 11], [2, 13]])('Linux is as a real one says: platform %i', (index, minor) => {
  const real = complete[index]!
  const { tags, markers } = commonTarget('Linux x86_64', minor).target
  const newer = /_2_(?:3[6-9]|[4-9]\d)_x86_64$/
  // The packaging that pex carries ranks `linux_x86_64` last, the present one first.
  expect([...tags].sort()).toEqual(real.compatible_tags.filter((tag) => !newer.test(tag)).sort())
  const open = ['implementation_version', 'python_full_version', 'platform_release', 'platform_version']
  const known = Object.entries(real.marker_environment).filter(([name]) => !open.includes(name))
  expect(markers).toMatchObject(Object.fromEntries(known))
})

test.each<[Parameters<typeof commonTarget>[0], number, string]>([
  ['macOS ARM', 12, 'cp312-cp312-macosx_11_0_arm64'],
  ['macOS x86_64', 10, 'cp310-cp310-macosx_10_9_universal2'],
  ['Windows', 14, 'cp314-cp314-win_amd64'],
  ['Linux ARM', 13, 'cp313-cp313-manylinux_2_17_aarch64'],
])('%s with Python 3.%i takes %s', (system, minor, tag) => expect(commonTarget(system, minor).target.tags).toContain(tag))

test('a build for what is to be passed to pex runs there', () => {
  for (const system of commonSystems) {
    for (const minor of commonPythons) {
      const { target, flags } = commonTarget(system, minor)
      const built = parseAbbreviatedPlatform(flags[1]!)
      expect([flags[1], built.tags.filter((tag) => !target.tags.includes(tag))]).toEqual([flags[1], []])
    }
  }
})
