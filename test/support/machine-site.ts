/** Serves the bare page of `machine-page.ts` with the machine's own files, isolated. */
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/root.ts'
import { serveStatic } from '../../scripts/serve-static.ts'

export async function serveMachineSite(options: { maxAge?: number } = {}): Promise<{ url: string; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'machine-site-'))
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: ['test/browser/machine-page.ts'], bundle: true, write: false, format: 'iife', target: 'es2022',
  })
  await writeFile(join(directory, 'page.js'), outputFiles[0]?.contents ?? '')
  const html = '<!doctype html><meta charset="utf-8"><title>machine</title><body><p>The machines</p><script src="page.js"></script>'
  await writeFile(join(directory, 'index.html'), html)
  for (const part of ['machine', 'pyodide', 'simple']) {
    const [from, to] = [join(root, 'public', part), join(directory, part)] as const
    await symlink(from, to).catch(() => cp(from, to, { recursive: true }))
  }
  const site = await serveStatic(directory, { ...options, isolate: true })
  return {
    url: site.url,
    async close() {
      await site.close()
      await rm(directory, { recursive: true })
    },
  }
}
