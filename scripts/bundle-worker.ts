/** The Python worker as one classic script: Emscripten's module maker in front, as a constant, then engine/python/worker.ts. */
import { readFile } from 'node:fs/promises'
import { bundleScript } from './bundle-script.ts'
import { pyodideFiles } from './pyodide.ts'

export async function bundleWorker(): Promise<string> {
  return `"use strict";${await interpreterMaker()}\n${await bundleScript('engine/python/worker.ts')}`
}

/** pyodide.asm.mjs without what only a module may contain. */
async function interpreterMaker(): Promise<string> {
  const source = await readFile(pyodideFiles.script, 'utf8')
  const [body, exported] = source.split(/export default _createPyodideModule;\s*$/)
  if (exported === undefined) throw new Error('pyodide.asm.mjs does not end as it did: it exports something else')
  const classic = body?.replaceAll('import.meta.url', '"http://python.invalid/"')
  return `const createPyodideModule=(()=>{${classic};return _createPyodideModule})();`
}
