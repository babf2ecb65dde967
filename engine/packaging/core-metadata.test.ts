import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { parseCoreMetadata } from './core-metadata.ts'

/** The names that packaging gives to the fields in its own answers. */
const plurals: Record<string, string> = {
  'Classifier': 'classifiers', 'License-File': 'license_files', 'Platform': 'platforms',
  'Supported-Platform': 'supported_platforms', 'Import-Name': 'import_names', 'Import-Namespace': 'import_namespaces',
}

const pythonName = (name: string) => plurals[name] ?? name.toLowerCase().replaceAll('-', '_')

const answerOf = (file: string) => {
  const { text, lists, keywords, projectUrls, unparsed } = parseCoreMetadata(Uint8Array.from(file, character => character.charCodeAt(0)))
  const fields = [...text, ...lists].map(([name, value]): [string, unknown] => [pythonName(name), value])
  const urls = projectUrls && { project_urls: Object.fromEntries(projectUrls) }
  const raw = { ...Object.fromEntries(fields), ...(keywords && { keywords }), ...urls }
  return [raw, Object.fromEntries(unparsed)]
}

describe('core metadata', () => {
  it('is read as packaging reads it', () => {
    const sorted = (value: unknown) => JSON.stringify(value, (_, part: unknown) =>
      part && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part)
    const metadata = recordedPackaging('metadata')
    const wrong = metadata.filter(([file, raw, unparsed]) => sorted(answerOf(file)) !== sorted([raw, unparsed]))
    expect(wrong.slice(0, 2).map(([file, raw, unparsed]) => ({ file, expected: [raw, unparsed], ours: answerOf(file) }))).toEqual([])
    expect(metadata.filter(([, raw]) => 'description' in raw).length).toBeGreaterThan(500)
  })
})
