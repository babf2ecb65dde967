import { PexError } from './pex-error.ts'
import { pythonRepr, type PythonValue } from './python-repr.ts'

const dedent = (text: string): string => {
  const lines = text.split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length)
  const margin = Math.min(...margins)
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(margin))).join('\n')
}

/**
 * The text of the first `dedent("""…""")` after `landmark` in a Python source: backslash escapes of a newline and of a backslash undone (pex
 * uses no others), margin removed. Throws PexError where the source is not as it was in the versions known.
 */
export const templateAfter = (source: string, landmark: string): string => {
  const start = source.indexOf(landmark)
  const literal = start === -1 ? null : /dedent\(\s*"""([^]*?)"""/.exec(source.slice(start))
  if (!literal) throw new PexError(`the pex wheel has no template after \`${landmark}\`: this version of pex is not known`)
  return dedent(literal[1]!.replace(/\\(\n|\\)/g, (_, character: string) => (character === '\n' ? '' : character)))
}

/** `str.format` with named fields, `{name}` and `{name!r}`, and doubled braces. */
export const formatTemplate = (template: string, values: Readonly<Record<string, PythonValue>>): string =>
  template.replace(/\{\{|\}\}|\{(\w+)(!r)?\}/g, (field, name?: string, asRepr?: string) => {
    if (name === undefined) return field[0]!
    const value = values[name]
    if (value === undefined) throw new PexError(`a template of the pex wheel asks for \`${name}\`: this version of pex is not known`)
    return typeof value === 'string' && !asRepr ? value : pythonRepr(value)
  })
