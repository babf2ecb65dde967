/**
 * Bundles bin/pex.ts, the `pex` and `pex3` of this repository's package.json, into dist-bin/: the program without dependencies, and what starts it,
 * by both names.
 */
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { root } from './root.ts'

/** Node's zlib inflates, deflates and sums faster than what runs everywhere. */
const withZlib: Plugin = {
  name: 'zlib',
  setup({ onResolve }) {
    onResolve({ filter: /^fflate$/ }, () => ({ path: join(root, 'bin', 'zlib', 'fflate.ts') }))
    onResolve({ filter: /\/crc32\.ts$/ }, () => ({ path: join(root, 'bin', 'zlib', 'crc32.ts') }))
  },
}

const script: BuildOptions = {
  bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true, external: ['undici'], supported: { 'dynamic-import': false }, plugins: [withZlib], loader: { '.py': 'text' }, logLevel: 'warning',
}

/** `directory` gets `pex.cjs`, `pex3.cjs` and what they run. */
export const bundlePex = async (directory = join(root, 'dist-bin')): Promise<void> => {
  await build({ ...script, entryPoints: [join(root, 'bin', 'pex.ts')], outfile: join(directory, 'pex-program.js'), define: { 'import.meta.url': 'moduleUrl' } })
  const start = join(directory, 'pex.cjs')
  await build({ ...script, entryPoints: [join(root, 'bin', 'start.ts')], outfile: start, banner: { js: '#!/usr/bin/env node' } })
  // npx starts a bin by its file, and the file's name says which program it is.
  await copyFile(start, join(dirname(start), 'pex3.cjs'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundlePex()
