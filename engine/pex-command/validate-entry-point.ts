import { parseEntryPointValue } from '../packaging/entry-points.ts'
import { PexError } from '../pex/pex-error.ts'
import type { BuiltPex } from './build-pex.ts'
import type { Arguments } from './parse-arguments.ts'
import { joinPath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { savePex } from './save-pex.ts'

/**
 * `--validate-entry-point`: a Python imports what `-e` names, out of the PEX, which lies in `directory` meanwhile; what it says goes to
 * standard error. Throws PexError in pex's words. Source: pex/pex.py, validate_entry_point.
 */
export const validateEntryPoint = async (built: BuiltPex, directory: string, options: Arguments, home: PexHome): Promise<void> => {
  const entryPoint = options.value('entry_point') ?? ''
  const { module, attributes: [attribute] } = parseEntryPointValue(entryPoint)
  const { python } = built.chosen
  if (!python) throw new PexError('--validate-entry-point needs a Python to import the entry point with, and none was found on PATH')
  const statement = attribute === undefined ? `import ${module}` : `from ${module} import ${attribute}`
  const script = joinPath(directory, 'import.py')
  async function* text() {
    yield new TextEncoder().encode(statement)
  }
  await home.files.write(script, text(), 0o600)
  const pex = await savePex(built, joinPath(directory, 'validated.pex'), options, home)
  if (await home.run(python.path, [pex, script], { PEX_INTERPRETER: '1' }) === 0) return
  throw new PexError(`Invalid entry point: \`${entryPoint}\`\nEntry point verification failed: \`${statement}\``)
}
