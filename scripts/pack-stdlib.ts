/** Pyodide's python_stdlib.zip as the one file that engine/python/stdlib-files.ts reads: an index, then the members as they are; gzipped. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'

export const stdlibArchive = createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip')

export async function packStdlib(): Promise<Uint8Array> {
  const members = Object.entries(unzipSync(await readFile(stdlibArchive)))
    .filter(([name]) => !name.endsWith('/') && !name.startsWith('site-packages/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const index = Buffer.from(JSON.stringify(members.map(([name, bytes]) => [name, bytes.length])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(index.length)
  return gzipSync(Buffer.concat([length, index, ...members.map(([, bytes]) => bytes)]), { level: 9 })
}
