/** The file systems' contract against Linux itself: what it demands is what a real disk does. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { fileSystemContract } from '../engine/machine/file-system.contract.ts'
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
