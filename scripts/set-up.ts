/**
 * Makes what the deck serves and git does not hold: the machine's scripts, Pyodide's files, a memory snapshot of a started interpreter, and
 * the package index with its wheels, which alone needs a network.
 * Each step is kept until what it is made from changes, so a second run takes a moment and an interrupted one goes on where it stopped.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bundleMachine } from './bundle-machine.ts'
import { bundlePex } from './bundle-pex.ts'
import { fetchWheels } from './fetch-wheels.ts'
import { makeSnapshot, snapshotInputs } from './make-snapshot.ts'
import { packStdlib, stdlibInputs } from './pack-stdlib.ts'
import { root } from './root.ts'
import { simpleIndex } from './simple-index.ts'

const pyodide = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))

async function setUp() {
  await step('machine scripts', async () => {
    for (const [name, text] of await bundleMachine()) await put(`public/machine/${name}`, text)
  })
  await step('pex command', () => bundlePex())
  const wasm = join(pyodide, 'pyodide.asm.wasm')
  await kept('public/pyodide/pyodide.asm.wasm', [wasm], () => readFile(wasm))
  await kept('public/pyodide/stdlib.bin', await stdlibInputs(), packStdlib)
  await kept('public/pyodide/snapshot.bin', await snapshotInputs(), makeSnapshot)
  await kept('public/simple/index.json', ['deck-wheels.txt', 'simple-index.ts'].map(name => join(root, 'scripts', name)), putSimpleIndex).catch((error: unknown) => {
    process.stdout.write(` ${reasonOf(error)}\nset-up: the deck starts without its package index; slides that need it show their transcripts\n`)
  })
}

/** Answers with the page that is written last. */
async function putSimpleIndex(): Promise<Uint8Array> {
  const files = await simpleIndex(fetchWheels('deck-wheels.txt').values())
  const projects = new Set([...files.keys()].map(path => path.split('/')[0]!))
  for (const old of await readdir(join(root, 'public', 'simple')).catch(() => []))
    if (!projects.has(old)) await rm(join(root, 'public', 'simple', old), { recursive: true })
  for (const [path, content] of files) await put(`public/simple/${path}`, content)
  return Buffer.from(files.get('index.json')!)
}

const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error)

/** A step whose result is one file, made again only when one of its input files has changed. */
async function kept(path: string, inputs: string[], make: () => Promise<Uint8Array>) {
  const hash = createHash('sha256')
  for (const input of [...inputs].sort()) hash.update(await readFile(input))
  const digest = hash.digest('hex')
  const stamp = join(root, '.cache', 'set-up', path.replaceAll('/', '_'))
  const made = await stat(join(root, path)).then(() => readFile(stamp, 'utf8'), () => '')
  if (made === digest) return
  await step(path, async () => {
    await put(path, await make())
    await mkdir(dirname(stamp), { recursive: true })
    await writeFile(stamp, digest)
  })
}

/** Appears whole or not at all. */
async function put(path: string, content: string | Uint8Array) {
  const to = join(root, path)
  const old = await readFile(to).catch(() => undefined)
  if (old?.equals(Buffer.from(content))) return
  await mkdir(dirname(to), { recursive: true })
  await writeFile(`${to}.part`, content)
  await rename(`${to}.part`, to)
}

async function step(what: string, run: () => Promise<void>) {
  const began = performance.now()
  process.stdout.write(`set-up: ${what} ...`)
  await run()
  process.stdout.write(` ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
}

const status = await setUp().then(() => 0, (error: unknown) => {
  process.stderr.write(`\nset-up failed: ${reasonOf(error)}\n`)
  return 1
})
// The interpreter that the snapshot was taken of has open ports, which would keep this process.
process.exit(status)
