/** public/pyodide/stdlib.bin: the library (see library.ts) with its modules compiled. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileLibrary } from '../engine/python/compile-library.ts'
import { layOutLibrary, libraryInputs, librarySources } from './library.ts'
import { loadPyodide, pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'

/** What hardly any program here imports: Pyodide's own, what needs Windows or fork, doubles of modules in C, tables of characters. */
const UNCOMPILED = new RegExp(`^(?:${[
  'encodings/', 'pyodide/', '_pyodide/', '__phello__/', 'multiprocessing/', 'importlib/_bootstrap', 'asyncio/(?:windows|proactor)',
  '_pyrepl/windows', 'nt', '_pyio', '_pydatetime', '_pydecimal', 'mailbox', 'imaplib',
].join('|')})`)
/** Of the personality: what the snapshot imports. */
const imported = ['preimports.py', 'event_loop.py'].map(name => join(root, 'engine', 'python', 'personality', name))

export async function stdlibInputs(): Promise<string[]> {
  const { wasm, script } = pyodideFiles
  return [...(await libraryInputs()), wasm, script, ...imported, join(root, 'engine', 'python', 'compile-library.ts')]
}

export async function packStdlib(): Promise<Uint8Array> {
  const sources = await librarySources()
  const paths = [...sources.keys()].filter(path => path.endsWith('.py') && !UNCOMPILED.test(path)).sort()
  const imports = await Promise.all(imported.map(file => readFile(file, 'utf8')))
  const compiled = await compileLibrary({ ...(await loadPyodide()), stdlib: layOutLibrary(sources).buffer }, paths, imports.join('\n'))
  return layOutLibrary(new Map([...sources, ...compiled]))
}
