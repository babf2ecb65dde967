/** The file systems' contract against Linux itself: what it demands is what a real disk does. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fileSystemContract } from '../engine/machine/file-system.contract.ts'
import { createTree } from '../engine/machine/tree.ts'
import { createRandom, describeTree, perform, randomOperation } from './support/random-operations.ts'
import { createRealFileSystem } from './support/real-file-system.ts'

const undo: (() => void)[] = []
afterEach(() => {
  for (const step of undo.splice(0)) step()
})

const make = () => {
  const directory = mkdtempSync(join(tmpdir(), 'contract-'))
  const fs = createRealFileSystem(directory)
  undo.push(() => {
    fs.close()
    rmSync(directory, { recursive: true })
  })
  return fs
}

/** The kernel stamps files by a clock that ticks every 4 or 10 ms. */
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)

fileSystemContract('a real disk', make, { pause: () => void pause(), real: true })

test.each([1, 2, 3])('a tree does what the disk does, whatever is asked of both (%i)', { timeout: 60_000 }, seed => {
  const random = createRandom(seed)
  const tree = createTree({ now: Date.now })
  const disk = make()
  tree.chmod(tree.root, 0o700)
  const failures = new Set<string>()
  for (let step = 0; step < 1500; step++) {
    const operation = randomOperation(random)
    const expected = perform(disk, operation)
    expect(perform(tree, operation), `${step}: ${JSON.stringify(operation)}`).toBe(expected)
    if (expected !== undefined) failures.add(`${operation.call} ${expected}`)
    if (step % 50 === 49) expect(describeTree(tree)).toEqual(describeTree(disk))
  }
  expect(failures.size).toBeGreaterThan(20)
})
