/** The memory of an interpreter that has started and imported what programs begin with: public/pyodide/snapshot.bin. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packMemory } from '../engine/python/memory-picture.ts'
import { prepareSnapshot } from '../engine/python/prepare-snapshot.ts'
import { layOutLibrary, libraryInputs, librarySources } from './library.ts'
import { loadPyodide, pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'

const engine = join(root, 'engine', 'python')
const personality = join(engine, 'personality')

/** The files that the snapshot depends on. */
export async function snapshotInputs(): Promise<string[]> {
  const typescript = (await readdir(engine)).filter(name => name.endsWith('.ts') && !name.includes('.test.'))
  const { wasm, script } = pyodideFiles
  return [wasm, script, ...(await libraryInputs()), ...(await personalityFiles()), ...typescript.map(name => join(engine, name))]
}

async function personalityFiles(): Promise<string[]> {
  return (await readdir(personality)).filter(name => name.endsWith('.py')).map(name => join(personality, name))
}

export async function makeSnapshot(): Promise<Uint8Array> {
  const sources: Record<string, string> = {}
  for (const file of await personalityFiles()) sources[file.slice(personality.length + 1, -'.py'.length)] = await readFile(file, 'utf8')
  return packMemory(await prepareSnapshot({ ...(await loadPyodide()), stdlib: layOutLibrary(await librarySources()).buffer }, sources))
}
