/** A thread that fuzzes one target: it tells each run before it begins it, so that a run without end is known. */
import { parentPort, workerData } from 'node:worker_threads'
import { fuzzOnce, inputOf } from './fuzz-target.ts'
import { targets } from './targets.ts'

export interface Work {
  name: string
  seed: number
  /** Milliseconds since the epoch. */
  until: number
}
export type Told = { run: number; refused: number } | { run: number; error: string }

const { name, seed, until } = workerData as Work
const target = targets[name]!
const corpus = await target.corpus()
let refused = 0
let told = 0
for (let run = 0; Date.now() < until; run++) {
  // A message each time would cost more than the run.
  if (Date.now() - told > 500) {
    parentPort?.postMessage({ run, refused } satisfies Told)
    told = Date.now()
  }
  try {
    if (await fuzzOnce(target, inputOf(corpus, target.words ?? [], seed, run)) === 'refused') refused++
  } catch (error) {
    parentPort?.postMessage({ run, error: error instanceof Error ? `${error.stack}` : String(error) } satisfies Told)
    break
  }
}
