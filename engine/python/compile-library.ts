/** The library's modules as .pyc files, made by the very interpreter that will load them. Runs once, when the project is set up. */
import { bootBare, type InterpreterParts } from './boot-bare.ts'
import { STDLIB } from './stdlib-files.ts'

/**
 * Path in the library -> bytes, for the sources of these paths: PEP 552's unchecked kind, which no date or hash of a source makes stale,
 * as the library cannot change. Left out: sources that do not compile, and what `imports` (source of Python) imports, which the snapshot
 * brings.
 */
export async function compileLibrary(parts: InterpreterParts, paths: string[], imports: string): Promise<Map<string, Uint8Array>> {
  const { run } = await bootBare(parts)
  const answer = run(COMPILE, { library: STDLIB, paths: JSON.stringify(paths), imports }) as string
  return new Map((JSON.parse(answer) as [string, string][]).map(([path, hex]) => [path, fromHex(hex)]))
}

const fromHex = (hex: string) =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))

const COMPILE = `
import json
import sys
from importlib import _bootstrap_external, util

def _compiled():
    exec(imports, {'__name__': 'imports'})
    held = {getattr(module.__spec__, 'origin', None) for module in list(sys.modules.values())}
    for path in json.loads(paths):
        full = f'{library}/{path}'
        if full in held:
            continue
        with open(full, 'rb') as file:
            source = file.read()
        try:
            code = compile(source, full, 'exec', dont_inherit=True, optimize=0)
        except SyntaxError:
            continue
        key = util.source_hash(source)
        data = _bootstrap_external._code_to_hash_pyc(code, key, False)
        yield util.cache_from_source(full, optimization='')[len(library) + 1:], data.hex()

json.dumps(list(_compiled()))
`
