import { fileOf } from '../install/tree-file.ts'
import { addTo } from '../pex/assemble-pex.ts'
import { PexError } from '../pex/pex-error.ts'
import { bootstrapDirectory, importHook } from '../pex/pex-tree.ts'
import type { BuiltPex } from './build-pex.ts'
import { joinPath } from './paths.ts'
import type { PexHome } from './pex-home.ts'

/**
 * For a Python: compiles every file below a directory, and leaves the bytecode beside it. Its arguments: the directory, and a file for what
 * does not compile, in pex's words. The bytecode goes by its source's hash: by the source's date, which is another in the zip, Python would
 * pass it over.
 */
const script = `\
import os, py_compile, sys

root, told = sys.argv[1:]
sources = sorted(os.path.relpath(os.path.join(directory, name), root) for directory, _, names in os.walk(root) for name in names)
errors = {}
for source in sources:
    path = os.path.join(root, source)
    try:
        py_compile.compile(path, path + "c", source, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    except py_compile.PyCompileError as error:
        errors[source] = error.msg.rstrip()
with open(told, "w") as file:
    if errors:
        print(f"Encountered {len(errors)} errors compiling {len(sources)} files:", file=file)
    for source, message in errors.items():
        print(f"  {source}: {message}", file=file)
`

/** pex leaves out what it vendors, not all of which is for every Python. */
const isCompiled = (path: string): boolean =>
  path.endsWith('.py') && path !== importHook && !path.startsWith(`${bootstrapDirectory}/pex/vendor/_vendored/`)

/**
 * `--compile`: the PEX with bytecode beside its sources, but for those of the distributions; they lie in `directory` meanwhile. Throws
 * PexError: what does not compile. Source: pex/pex_builder.py, _precompile_source.
 */
export const compilePex = async (built: BuiltPex, directory: string, home: PexHome): Promise<BuiltPex> => {
  const { pex, chosen: { python } } = built
  if (!python) throw new PexError('--compile needs a Python, and none was found on PATH: leave it out, the first run compiles')
  const errors = joinPath(directory, 'errors')
  const sources = [...pex.files].filter(([path]) => isCompiled(path))
  for (const [path, file] of sources) {
    await home.files.write(joinPath(directory, 'sources', path), (async function* () { yield await file.read() })(), 0o600)
    await home.breathe()
    home.signal.throwIfAborted()
  }
  const status = await home.run(python.path, ['-I', '-W', 'ignore', '-c', script, joinPath(directory, 'sources'), errors])
  home.signal.throwIfAborted()
  if (status !== 0) throw new PexError(`--compile: ${python.path} ended with status ${status}`)
  const told = new TextDecoder().decode(await home.files.read(errors)).trimEnd()
  if (told !== '') throw new PexError(told)
  const files = new Map(pex.files)
  const bytecode = new Set<string>()
  for (const [path] of sources) {
    const compiled = `${path}c`
    addTo(files, compiled, fileOf(await home.files.read(joinPath(directory, 'sources', compiled))), 'bytecode')
    bytecode.add(compiled)
  }
  return { ...built, pex: { ...pex, files, bytecode } }
}
