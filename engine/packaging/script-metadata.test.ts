import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { PackagingError } from './packaging-error.ts'
import { parseScriptMetadata, scriptBlock } from './script-metadata.ts'

const scripts = recordedPackaging('scripts')

describe('script metadata', () => {
  it('blocks are found as the regular expression of the specification finds them', () => {
    const answerOf = (text: string): unknown => {
      try {
        return scriptBlock(text) ?? null
      } catch (error) {
        if (error instanceof PackagingError) return 'refused'
        throw error
      }
    }
    const wrong = scripts.filter(([text, blocks, content]) => answerOf(text) !== (blocks > 1 ? 'refused' : content))
    expect(wrong.slice(0, 3)).toEqual([])
    expect(scripts.filter(([, blocks]) => blocks === 1).length).toBeGreaterThan(500)
  })

  it('their TOML is read as tomllib reads it', () => {
    const wrong = scripts.filter(([text, blocks, , table]) => {
      if (blocks !== 1) return false
      try {
        return JSON.stringify(parseScriptMetadata(text)?.table) !== JSON.stringify(table)
      } catch (error) {
        return !(error instanceof PackagingError) || table !== undefined
      }
    })
    expect(wrong.slice(0, 3)).toEqual([])
  })

  it('gives dependencies and requires-python, and refuses other types', () => {
    const script = '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "requests<3",\n# ]\n# ///\nimport requests\n'
    expect(parseScriptMetadata(script)).toMatchObject({ dependencies: ['requests<3'], requiresPython: '>=3.11' })
    expect(parseScriptMetadata('print(1)\n')).toBeUndefined()
    expect(() => parseScriptMetadata('# /// script\n# dependencies = "requests"\n# ///\n'))
      .toThrow('"dependencies" in the "# /// script" block must be a list of requirements')
    expect(() => parseScriptMetadata('# /// script\n# dependencies = [1]\n# ///\n')).toThrow('must hold requirements as strings')
    expect(() => parseScriptMetadata('# /// script\n# requires-python = 3\n# ///\n'))
      .toThrow('"requires-python" in the "# /// script" block must be a string')
    expect(() => parseScriptMetadata('# /// script\n# a = \n# ///\n')).toThrow('The "# /// script" block is no TOML: line 1, column 5')
  })
})
