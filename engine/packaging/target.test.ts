import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { parseAbbreviatedPlatform } from './abbreviated-platform.ts'
import { formatCompletePlatform, parseCompletePlatform, pyodideTarget } from './target.ts'

const abbreviated = recordedPackaging('abbreviated')

describe("pex's abbreviated platforms", () => {
  const accepted = abbreviated.filter(recorded => recorded.length === 4)

  it.each(accepted)('%s has the tags of pip and the markers of pex', (text, tag, markers, tags) => {
    const target = parseAbbreviatedPlatform(text)
    expect(target).toEqual({ markers, tags: (tags ?? '').split('|'), description: `abbreviated platform ${tag}` })
  })

  it.each(abbreviated.filter(recorded => recorded.length === 2))('%j is refused as pex refuses it', (text, why) => {
    expect(() => parseAbbreviatedPlatform(text)).toThrow(why as string)
  })

  it('numbers that no system has make no tags', () => {
    expect(() => parseAbbreviatedPlatform('linux_x86_64-cp-39999999999-cp3')).toThrow("No Python has the version '39999999999'.")
    expect(parseAbbreviatedPlatform('macosx_99999999_0_arm64-cp-312-cp312').tags).toContain('cp312-cp312-macosx_99999999_0_arm64')
  })

  it('an implementation without rules is refused by name', () => {
    expect(() => parseAbbreviatedPlatform('linux-x86_64-py-312-none')).toThrow("The implementation 'py' is not known: cp and pp are.")
  })
})

describe('complete platforms', () => {
  const whole = {
    marker_environment: { python_version: '3.14', python_full_version: '3.14.0+', platform_release: null },
    compatible_tags: ['cp314-cp314-linux_x86_64', 'py2.py3-none-any', 'py3-none-any'],
  }

  it('are read with compressed tags taken apart and unknown markers absent', () => {
    expect(parseCompletePlatform(JSON.stringify(whole))).toEqual({
      description: 'complete platform cp314-cp314-linux_x86_64',
      markers: { python_version: '3.14', python_full_version: '3.14.0+local' },
      tags: ['cp314-cp314-linux_x86_64', 'py2-none-any', 'py3-none-any'],
    })
  })

  it('are refused by what is missing or wrong', () => {
    const reading = (data: unknown) => () => parseCompletePlatform(typeof data === 'string' ? data : JSON.stringify(data))
    expect(reading('{')).toThrow('Failed to load complete platform data from json string')
    expect(reading([])).toThrow("did not have the required 'marker_environment' key")
    expect(reading({ marker_environment: {} })).toThrow("did not have the required 'compatible_tags' key")
    expect(reading({ ...whole, compatible_tags: [3] })).toThrow('hold 3, which is no tag')
    expect(reading({ ...whole, compatible_tags: ['py3-any'] })).toThrow("Tag 'py3-any' must have exactly three components")
    expect(reading({ ...whole, marker_environment: { color: 'red' } })).toThrow("Invalid environment entry provided: 'color'")
    expect(reading({ ...whole, marker_environment: { os_name: 1 } })).toThrow('os_name must be a string')
  })

  it('come back from their text', () => {
    const target = pyodideTarget()
    const description = 'complete platform cp314-cp314-pyemscripten_2026_0_wasm32'
    expect(parseCompletePlatform(formatCompletePlatform(target))).toEqual({ ...target, description })
  })
})
