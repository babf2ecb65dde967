/** After `slidev build`: puts sw.js, with the list of all files, into the built deck. Usage: write-service-worker DIRECTORY */
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { build } from 'esbuild'
import { root } from './root.ts'

const [directory] = process.argv.slice(2)
if (!directory) throw new Error('usage: write-service-worker DIRECTORY')
const built = join(root, directory)

const listing = await readdir(built, { recursive: true, withFileTypes: true })
const paths = listing.filter(entry => entry.isFile()).map(entry => relative(built, join(entry.parentPath, entry.name)).split(sep).join('/'))
// What only the host reads; index.html is asked for as the directory itself.
const files = paths.filter(path => !['sw.js', '_redirects', '404.html', 'index.html', '.nojekyll'].includes(path)).sort()
const hash = createHash('sha256')
for (const path of [...files, 'index.html']) hash.update(path).update(await readFile(join(built, path)))

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['scripts/service-worker.ts'],
  bundle: true,
  write: false,
  minify: true,
  target: 'es2022',
  define: { VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)), FILES: JSON.stringify(['', ...files]) },
})
await writeFile(join(built, 'sw.js'), outputFiles[0]?.contents ?? '')
process.stdout.write(`service worker: ${files.length + 1} files\n`)
