/**
 * The kernel worker's script in two: what a prompt needs, and what waits in `import()` until a command is run, which is most of it. A worker of
 * a null origin can import nothing: chunks put what they export into one table, the second script's too.
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
  const atOnce = inOrder(['kernel.js'], chunks)
  const later = inOrder(chunks.map(({ fileName }) => fileName), chunks).filter(chunk => !atOnce.includes(chunk))
  return {
    kernel: await classic(`(() => {"use strict"
      const made = {}
      let late
      const require = name => made[name] ?? (late ??= lateScript.then(url => importScripts(url))).then(() => made[name])
      self.kernelModules = { made, require }
      ${called(atOnce)}
    })()`),
    late: await classic(`(() => {"use strict"
      const { made, require } = self.kernelModules
      ${called(later)}
    })()`),
  }
}

/** A module and what it imports, but not by `import()`. */
function withImports(entry: string, context: ChunkingContext): Set<string> {
  const found = new Set([entry])
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  return found
}

/** These chunks and what they need, which comes first. */
function inOrder(names: string[], chunks: OutputChunk[], found: OutputChunk[] = [], asked = new Set<string>()): OutputChunk[] {
  for (const name of names) {
    const chunk = chunks.find(({ fileName }) => fileName === name)
    if (!chunk || asked.has(name)) continue
    asked.add(name)
    inOrder(chunk.imports, chunks, found, asked)
    found.push(chunk)
  }
  return found
}

/** Each a function that is called where it stands: V8 compiles such a one at once, others it reads twice. */
const called = (chunks: OutputChunk[]) => chunks.map(({ fileName, code }) => `;(exports => {${code}\n})(made[${JSON.stringify(`./${fileName}`)}] = {})`).join('\n')

/** ASCII, as esbuild does by itself: for one wider character, a browser would hold all of it in two bytes each. */
const classic = async (source: string) => (await transform(source, { target: 'es2022', minify: true })).code
