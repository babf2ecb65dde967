/** The parts of the installed Pyodide that an interpreter is made of. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CreateInterpreter } from '../engine/python/interpreter.ts'

const directory = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))

export const pyodideFiles = {
  wasm: join(directory, 'pyodide.asm.wasm'),
  script: join(directory, 'pyodide.asm.mjs'),
  library: join(directory, 'python_stdlib.zip'),
}

export async function loadPyodide(): Promise<{ createInterpreter: CreateInterpreter; module: WebAssembly.Module }> {
  const { default: createInterpreter } = (await import(pathToFileURL(pyodideFiles.script).href)) as { default: CreateInterpreter }
  return { createInterpreter, module: await WebAssembly.compile(await readFile(pyodideFiles.wasm)) }
}
