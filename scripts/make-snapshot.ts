/** The memory of an interpreter that has started and imported what programs begin with: public/pyodide/snapshot.bin. */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CreateInterpreter } from '../engine/python/interpreter.ts'
import { prepareSnapshot } from '../engine/python/prepare-snapshot.ts'
import { unpackStdlib } from '../engine/python/stdlib-files.ts'
import { packStdlib, stdlibInputs } from './pack-stdlib.ts'
import { root } from './root.ts'

const pyodide = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))
const engine = join(root, 'engine', 'python')
const personality = join(engine, 'personality')

/** The files that the snapshot depends on. */
export async function snapshotInputs(): Promise<string[]> {
  const typescript = (await readdir(engine)).filter(name => name.endsWith('.ts') && !name.includes('.test.'))
  const interpreter = ['pyodide.asm.wasm', 'pyodide.asm.mjs'].map(name => join(pyodide, name))
  return [...interpreter, ...(await stdlibInputs()), ...(await personalityFiles()), ...typescript.map(name => join(engine, name))]
}

async function personalityFiles(): Promise<string[]> {
  return (await readdir(personality)).filter(name => name.endsWith('.py')).map(name => join(personality, name))
}

export async function makeSnapshot(): Promise<Uint8Array> {
  const asm = pathToFileURL(join(pyodide, 'pyodide.asm.mjs')).href
  const { default: createInterpreter } = (await import(asm)) as { default: CreateInterpreter }
  const packed = await packStdlib()
  const sources: Record<string, string> = {}
  for (const file of await personalityFiles()) sources[file.slice(personality.length + 1, -'.py'.length)] = await readFile(file, 'utf8')
  return prepareSnapshot(
    createInterpreter,
    await WebAssembly.compile(await readFile(join(pyodide, 'pyodide.asm.wasm'))),
    await unpackStdlib(packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length)),
    sources,
  )
}
