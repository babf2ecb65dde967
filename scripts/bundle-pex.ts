/** Bundles bin/pex.ts, the `pex` and `pex3` of this repository's package.json, into dist-bin/: one file without dependencies, by both names. */
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { root } from './root.ts'

/** Node's zlib inflates, deflates and sums faster than what runs everywhere. */
const withZlib: Plugin = {
  name: 'zlib',
  setup({ onResolve }) {
    onResolve({ filter: /^fflate$/ }, () => ({ path: join(root, 'bin', 'zlib', 'fflate.ts') }))
    onResolve({ filter: /\/crc32\.ts$/ }, () => ({ path: join(root, 'bin', 'zlib', 'crc32.ts') }))
  },
}

export const bundlePex = async (outfile = join(root, 'dist-bin', 'pex.js')): Promise<void> => {
  await build({
    entryPoints: [join(root, 'bin', 'pex.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    plugins: [withZlib],
    loader: { '.py': 'text' },
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  })
  // npx starts a bin by its file, and the file's name says which program it is.
  await copyFile(outfile, join(dirname(outfile), 'pex3.js'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundlePex()
