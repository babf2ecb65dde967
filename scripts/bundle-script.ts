import { build } from 'esbuild'
import { root } from './root.ts'

/**
 * A TypeScript entry as one classic script without imports. It is ASCII, as esbuild does by itself: for one wider character, a browser would hold
 * all of it in two bytes each.
 */
export async function bundleScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
