import type { TomlTable } from 'smol-toml'
import { PackagingError } from './packaging-error.ts'
import { pythonSpace, splitLinesKeepingEnds } from './python-text.ts'
import { readToml } from './read-toml.ts'

/** What a script says of itself in a `# /// script` block (Inline script metadata, PEP 723). Requirements and specifiers are as written. */
export interface ScriptMetadata {
  readonly dependencies: readonly string[]
  readonly requiresPython?: string
  /** The whole table, `[tool]` included. */
  readonly table: TomlTable
}

/** The specification's regular expression, with Python's meaning of `^`, `$`, `.` and `\s`. */
const block = new RegExp(
  `(?<![^\\n])# /// ([a-zA-Z0-9-]+)(?![^\\n])[${pythonSpace}]`
  + `((?:(?<![^\\n])#(?:| [^\\n]*)(?![^\\n])[${pythonSpace}])+)(?<![^\\n])# ///(?![^\\n])`,
  'g',
)

/**
 * The TOML of a script's `script` block, its comment signs taken off; undefined where there is no block. Refuses a second
 * block, as the specification asks.
 */
export const scriptBlock = (script: string): string | undefined => {
  const contents = [...script.matchAll(block)].filter(match => match[1] === 'script').map(match => match[2] ?? '')
  if (contents.length > 1) throw new PackagingError(`The script holds ${contents.length} "# /// script" blocks: leave one`)
  const [content] = contents
  return content === undefined ? undefined : splitLinesKeepingEnds(content).map(line => line.slice(line.startsWith('# ') ? 2 : 1)).join('')
}

/**
 * Reads a script's metadata; undefined where it has none. Refuses TOML that is none, and dependencies or requires-python
 * of another type.
 */
export const parseScriptMetadata = (script: string): ScriptMetadata | undefined => {
  const content = scriptBlock(script)
  if (content === undefined) return undefined
  const table = readToml(content, 'The "# /// script" block')
  const { dependencies = [], 'requires-python': requiresPython } = table
  if (!Array.isArray(dependencies)) throw new PackagingError('"dependencies" in the "# /// script" block must be a list of requirements')
  const requirements = dependencies.map(dependency => {
    if (typeof dependency !== 'string') {
      throw new PackagingError('"dependencies" in the "# /// script" block must hold requirements as strings')
    }
    return dependency
  })
  if (requiresPython !== undefined && typeof requiresPython !== 'string') {
    throw new PackagingError('"requires-python" in the "# /// script" block must be a string')
  }
  return { dependencies: requirements, table, ...(requiresPython !== undefined && { requiresPython }) }
}
