/** The machine's three scripts, each classic and self-contained: the null-origin frame can import nothing. */
import { build } from 'esbuild'
import { bundleWorker } from './bundle-worker.ts'
import { root } from './root.ts'

export async function bundleMachine(): Promise<[name: string, text: string][]> {
  return [
    ['frame.js', await bundle('engine/host/frame.ts')],
    ['kernel.js', await bundle('engine/host/kernel-worker.ts')],
    ['python.js', await bundleWorker()],
  ]
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    keepNames: true,
    charset: 'utf8',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
