/**
 * The standard library as the one file that engine/python/stdlib-files.ts reads: an index, then the members as they are; gzipped.
 * Pyodide's python_stdlib.zip, and beside it the modules that this build of CPython lacks (engine/python/modules).
 */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { root } from './root.ts'

const archive = createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip')
const modules = join(root, 'engine', 'python', 'modules')

export async function stdlibInputs(): Promise<string[]> {
  return [archive, ...(await readdir(modules)).map(name => join(modules, name))]
}

export async function packStdlib(): Promise<Uint8Array> {
  const members = new Map(Object.entries(unzipSync(await readFile(archive))))
  for (const name of await readdir(modules)) members.set(name, await readFile(join(modules, name)))
  const kept = [...members]
    .filter(([name]) => !name.endsWith('/') && !name.startsWith('site-packages/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const index = Buffer.from(JSON.stringify(kept.map(([name, bytes]) => [name, bytes.length])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(index.length)
  return gzipSync(Buffer.concat([length, index, ...kept.map(([, bytes]) => bytes)]), { level: 9 })
}
