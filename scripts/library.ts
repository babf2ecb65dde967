/**
 * The standard library as the one file that engine/python/stdlib-files.ts reads: the length of an index, the index (name, size, packed
 * size of each), then the members, each deflated by itself. Pyodide's python_stdlib.zip, and beside it the modules that this build of
 * CPython lacks (engine/python/modules) and the world's time zones.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'

/** See scripts/zone-wheels.txt. */
const ZONES = 'tzdata-2026.6-'

/** tzdata's wheel, as set-up has brought it; undefined where it had no network. */
const zonesWheel = async () => {
  const directory = join(root, '.cache', 'wheels')
  const name = (await readdir(directory).catch(() => [])).find(each => each.startsWith(ZONES))
  return name && join(directory, name)
}

const modules = join(root, 'engine', 'python', 'modules')

export async function libraryInputs(): Promise<string[]> {
  const zones = await zonesWheel()
  return [pyodideFiles.library, join(root, 'scripts', 'library.ts'), ...(zones ? [zones] : []), ...(await readdir(modules)).map(name => join(modules, name))]
}

/** Path in the library -> bytes. */
export async function librarySources(): Promise<Map<string, Uint8Array>> {
  const members = new Map(Object.entries(unzipSync(await readFile(pyodideFiles.library))))
  for (const name of await readdir(modules)) members.set(name, await readFile(join(modules, name)))
  const zones = await zonesWheel()
  if (zones) members.set('tzdata.zip', zonesOnly(await readFile(zones)))
  return new Map([...members].filter(([name]) => !name.endsWith('/') && !name.startsWith('site-packages/')))
}

/** The package without what only people read; stored, since the library deflates it as a whole. */
function zonesOnly(wheel: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept = Object.entries(unzipSync(wheel)).filter(([name]) => /^tzdata\/(?:__init__\.py|zones|zoneinfo\/.*(?<!\.tab|\.zi|leapseconds))$/.test(name))
  return new Uint8Array(zipSync(Object.fromEntries(kept), { level: 0, mtime: '2000-01-01T00:00:00' }))
}

export function layOutLibrary(members: Map<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const kept = [...members].sort(([a], [b]) => (a < b ? -1 : 1))
  const packed = kept.map(([, bytes]) => deflateRawSync(bytes, { level: 9 }))
  const index = Buffer.from(JSON.stringify(kept.map(([name, bytes], number) => [name, bytes.length, packed[number]?.length])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(index.length)
  return new Uint8Array(Buffer.concat([length, index, ...packed]))
}
