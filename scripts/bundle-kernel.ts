/**
 * The kernel worker's script in two: what a prompt needs, and what waits in `import()` until a command is run, which is most of it. A worker of
 * a null origin can import nothing: its modules are functions in a table, and the second script adds its own to it.
 */
import { transform } from 'esbuild'
import { join } from 'node:path'
import { rolldown, type ChunkingContext, type OutputChunk } from 'rolldown'
import { root } from './root.ts'

const ENTRY = join(root, 'engine', 'host', 'kernel-worker.ts')

/** `late` is run by `kernel`, at the URL that it is told (`lateScript`, engine/host/kernel-worker.ts). */
export async function bundleKernel(): Promise<{ kernel: string; late: string }> {
  const bundle = await rolldown({ input: { kernel: ENTRY }, platform: 'browser', preserveEntrySignatures: 'allow-extension' })
  let early: Set<string> | undefined
  const { output } = await bundle.generate({
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'late', name: (id, context) => (early ??= withImports(ENTRY, context)).has(id) ? null : 'late' }],
    },
  })
  await bundle.close()
  const chunks = output.filter(file => file.type === 'chunk')
  const needed = neededBy('kernel.js', chunks)
  const [atOnce, later] = [chunks.filter(({ fileName }) => needed.has(fileName)), chunks.filter(({ fileName }) => !needed.has(fileName))]
  return {
    kernel: await classic(`
      const modules = ${table(atOnce)}, made = {}
      let late
      const require = name => {
        if (made[name]) return made[name]
        if (!modules[name]) return (late ??= lateScript.then(url => {
          importScripts(url)
          Object.assign(modules, lateModules)
        })).then(() => require(name))
        modules[name](made[name] = {}, require)
        return made[name]
      }
      require('./kernel.js')`),
    late: await classic(`self.lateModules = ${table(later)}`),
  }
}

/** A module and what it imports, but not by `import()`. */
function withImports(entry: string, context: ChunkingContext): Set<string> {
  const found = new Set([entry])
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  return found
}

function neededBy(entry: string, chunks: OutputChunk[]): Set<string> {
  const found = new Set([entry])
  for (const name of found) for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) found.add(imported)
  return found
}

const table = (chunks: OutputChunk[]) =>
  `{${chunks.map(({ fileName, code }) => `${JSON.stringify(`./${fileName}`)}: (exports, require) => {${code}\n}`).join(',\n')}}`

/** In a scope of its own. ASCII, as esbuild does by itself: for one wider character, a browser would hold all of it in two bytes each. */
const classic = async (source: string) => (await transform(`(() => {"use strict";${source}})()`, { target: 'es2022', minify: true })).code
