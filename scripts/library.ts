/**
 * The standard library as the one file that engine/python/stdlib-files.ts reads: the length of an index, the index (name, size, packed
 * size of each), then the members, each deflated by itself. Pyodide's python_stdlib.zip, and beside it the modules that this build of CPython lacks (engine/python/modules).
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'

const modules = join(root, 'engine', 'python', 'modules')

export async function libraryInputs(): Promise<string[]> {
  return [pyodideFiles.library, join(root, 'scripts', 'library.ts'), ...(await readdir(modules)).map(name => join(modules, name))]
}

/** Path in the library -> bytes. */
export async function librarySources(): Promise<Map<string, Uint8Array>> {
  const members = new Map(Object.entries(unzipSync(await readFile(pyodideFiles.library))))
  for (const name of await readdir(modules)) members.set(name, await readFile(join(modules, name)))
  return new Map([...members].filter(([name]) => !name.endsWith('/') && !name.startsWith('site-packages/')))
}

export function layOutLibrary(members: Map<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const kept = [...members].sort(([a], [b]) => (a < b ? -1 : 1))
  const packed = kept.map(([, bytes]) => deflateRawSync(bytes, { level: 9 }))
  const index = Buffer.from(JSON.stringify(kept.map(([name, bytes], number) => [name, bytes.length, packed[number]?.length])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(index.length)
  return new Uint8Array(Buffer.concat([length, index, ...packed]))
}
