/**
 * The standard library as the one file that engine/python/stdlib-files.ts reads: the length of an index, the index, then the members as
 * they are. Pyodide's python_stdlib.zip, and beside it the modules that this build of CPython lacks (engine/python/modules).
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'

const modules = join(root, 'engine', 'python', 'modules')

export async function libraryInputs(): Promise<string[]> {
  return [pyodideFiles.library, ...(await readdir(modules)).map(name => join(modules, name))]
}

/** Path in the library -> bytes. */
export async function librarySources(): Promise<Map<string, Uint8Array>> {
  const members = new Map(Object.entries(unzipSync(await readFile(pyodideFiles.library))))
  for (const name of await readdir(modules)) members.set(name, await readFile(join(modules, name)))
  return new Map([...members].filter(([name]) => !name.endsWith('/') && !name.startsWith('site-packages/')))
}

export function layOutLibrary(members: Map<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const kept = [...members].sort(([a], [b]) => (a < b ? -1 : 1))
  const index = Buffer.from(JSON.stringify(kept.map(([name, bytes]) => [name, bytes.length])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(index.length)
  return new Uint8Array(Buffer.concat([length, index, ...kept.map(([, bytes]) => bytes)]))
}
