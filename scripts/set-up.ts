/**
 * Makes what the deck serves and git does not hold: the machine's scripts, Pyodide's files, a memory snapshot of a started interpreter, and
 * the package index with its wheels; that and the time zones need a network.
 * Each step is kept until what it is made from changes, so a second run takes a moment and an interrupted one goes on where it stopped.
 */
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleMachine } from './bundle-machine.ts'
import { bundlePex } from './bundle-pex.ts'
import { fetchWheels } from './fetch-wheels.ts'
import { keepMade } from './keep-made.ts'
import { makeSnapshot, snapshotInputs } from './make-snapshot.ts'
import { packStdlib, stdlibInputs } from './pack-stdlib.ts'
import { putFile } from './put-file.ts'
import { pyodideFiles } from './pyodide.ts'
import { root } from './root.ts'
import { simpleIndex } from './simple-index.ts'

async function setUp() {
  await step('machine scripts', async () => {
    for (const [name, text] of await bundleMachine()) await putFile(`public/machine/${name}`, text)
  })
  await step('pex command', () => bundlePex())
  await step('time zones', async () => fetchWheels('zone-wheels.txt')).catch((error: unknown) => {
    process.stdout.write(` ${reasonOf(error)}\nset-up: zoneinfo has no data\n`)
  })
  await kept('public/pyodide/pyodide.asm.wasm', [pyodideFiles.wasm], () => readFile(pyodideFiles.wasm))
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
  for (const [path, content] of files) await putFile(`public/simple/${path}`, content)
  return Buffer.from(files.get('index.json')!)
}

const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error)

/** A step whose result is one file, which is kept. */
const kept = (path: string, inputs: string[], make: () => Promise<Uint8Array>) => keepMade(path, inputs, () => step(path, make))

async function step<T>(what: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now()
  process.stdout.write(`set-up: ${what} ...`)
  const result = await run()
  process.stdout.write(` ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  return result
}

const status = await setUp().then(() => 0, (error: unknown) => {
  process.stderr.write(`\nset-up failed: ${reasonOf(error)}\n`)
  return 1
})
// The interpreter that the snapshot was taken of has open ports, which would keep this process.
process.exit(status)
