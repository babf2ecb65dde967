import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { PackagingError } from './packaging-error.ts'
import {
  androidPlatforms, emscriptenPlatforms, iosPlatforms, linuxPlatforms, macPlatforms, normalizePlatform,
  type LinuxSystem, type SystemVersion,
} from './platform-tags.ts'
import { compatibleTags, cpythonAbis, cpythonTags, genericTags, parseTags } from './tags.ts'

const platformsOf = ([kind, ...rest]: readonly unknown[]): string[] => {
  const [first, second] = rest
  switch (kind) {
    case 'linux': return linuxPlatforms(first as LinuxSystem)
    case 'mac': return macPlatforms(first as SystemVersion, second as string)
    case 'ios': return iosPlatforms(first as SystemVersion, second as string)
    case 'android': return androidPlatforms(first as number, second as string)
    case 'emscripten': return emscriptenPlatforms(first as string, (second as string | null) ?? undefined)
    default: return [normalizePlatform(first as string)]
  }
}

describe('tags', () => {
  it('that would be too many are refused before they are made', () => {
    const many = Array(50).fill('py3').join('.')
    expect(() => parseTags(`${many}-${many}-${many}`)).toThrow('Compressed tag set would generate 125000 tags, exceeding limit 10000')
  })

  it('are read and refused as packaging does', () => {
    const texts = recordedPackaging('tag-texts')
    const wrong = texts.filter(([text, tags, error]) => {
      try {
        return parseTags(text).sort().join('|') !== tags?.split('|').sort().join('|')
      } catch (caught) {
        return !(caught instanceof PackagingError) || caught.message !== error
      }
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(texts.filter(([, tags]) => tags !== null).length).toBeGreaterThan(5000)
  })

  it.each(recordedPackaging('platforms'))('the platforms of %j', (description, platforms) => {
    expect(platformsOf(description)).toEqual(platforms)
  })

  it('the ABIs of a CPython', () => {
    const abis = recordedPackaging('abis')
    const ours = abis.map(([version, build]) => [version, build, cpythonAbis(version, build)])
    expect(ours).toEqual(abis)
  })

  it.each(recordedPackaging('ranked'))('%s %j %j on %j: ranked as packaging ranks them', (kind, version, abis, place, tags) => {
    const platforms = platformsOf(place)
    const interpreter = `${kind === 'cpython' ? 'cp' : 'pp'}${version.join('')}`
    const own = kind === 'cpython' ? cpythonTags(version, abis, platforms) : genericTags(interpreter, abis, platforms)
    expect([...own, ...compatibleTags(version, interpreter, platforms)]).toEqual(tags.split('|'))
  })
})
