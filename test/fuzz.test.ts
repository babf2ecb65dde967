/** A moment of `npm run fuzz`, the same each time. */
import { expect, test } from 'vitest'
import { fuzzOnce, inputOf } from '../scripts/fuzz/fuzz-target.ts'
import { targets } from '../scripts/fuzz/targets.ts'

test.each(Object.entries(targets))('%s are read or refused, and nothing else', async (_name, target) => {
  const corpus = await target.corpus()
  expect(corpus.length).toBeGreaterThan(0)
  const count = { read: 0, refused: 0 }
  for (let run = 0; run < 1500; run++) {
    const outcome = await fuzzOnce(target, inputOf(corpus, target.words ?? [], 1, run)).catch((error: unknown) => {
      throw new Error(`npm run fuzz -- ${_name} --seed 1 --run ${run}`, { cause: error })
    })
    count[outcome]++
  }
  // The inputs are worth something: not all of them are refused at the door.
  expect(count.read).toBeGreaterThan(20)
})
