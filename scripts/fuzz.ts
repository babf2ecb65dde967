/**
 * Fuzzes the readers of what strangers wrote, for long: no crash, no hang, no memory without bound. The tests do the same for a moment.
 * Usage: npm run fuzz -- [TARGET...] [--seconds N] [--seed N] [--run N]; `--run` repeats the one run that a report names.
 */
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { fuzzOnce, inputOf } from './fuzz/fuzz-target.ts'
import { targets } from './fuzz/targets.ts'
import type { Told, Work } from './fuzz/worker.ts'

/** Milliseconds without a sign of life that count as a hang; megabytes that no input of some kilobytes may need. */
const patience = 20_000
const memory = 768

const { values, positionals } = parseArgs({
  allowPositionals: true, options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, run: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const names = positionals.length > 0 ? positionals : Object.keys(targets)

/** The report of a defect, or nothing. */
function fuzz(name: string): Promise<string | undefined> {
  const work: Work = { name, seed, until: Date.now() + Number(values.seconds) * 1000 }
  // A thread reads TypeScript only after it was told how.
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(new URL('./fuzz/worker.ts', import.meta.url).href)}) })`
  const worker = new Worker(start, { eval: true, workerData: work, resourceLimits: { maxOldGenerationSizeMb: memory } })
  let last = { run: 0, refused: 0 }
  let watch: ReturnType<typeof setTimeout>
  return new Promise<string | undefined>(resolve => {
    const hanging = () => {
      void worker.terminate()
      resolve(`hangs at run ${last.run} or one of those that follow`)
    }
    const alive = () => {
      clearTimeout(watch)
      watch = setTimeout(hanging, patience)
    }
    alive()
    worker.on('message', (told: Told) => {
      alive()
      if ('error' in told) resolve(`run ${told.run}: ${told.error}`)
      else last = told
    })
    worker.on('error', error => resolve(`after run ${last.run}: ${error.message}`))
    worker.on('exit', () => resolve(undefined))
  }).finally(() => {
    clearTimeout(watch)
    process.stdout.write(`${name}: ${last.run} runs, ${last.refused} of them refused\n`)
  })
}

for (const name of names) {
  const target = targets[name]
  if (!target) {
    process.stderr.write(`fuzz: no target ${name}; there are ${Object.keys(targets).join(', ')}\n`)
    process.exit(2)
  }
  if (values.run !== undefined) {
    const input = inputOf(await target.corpus(), target.words ?? [], seed, Number(values.run))
    process.stdout.write(`${JSON.stringify(Buffer.from(input).toString('latin1'))}\n${await fuzzOnce(target, input)}\n`)
    continue
  }
  const defect = await fuzz(name)
  if (defect === undefined) continue
  process.stderr.write(`${name} (--seed ${seed}): ${defect}\n`)
  process.exitCode = 1
}
