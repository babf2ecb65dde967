import { expect, test } from 'vitest'
import { byteMutator } from '../../test/support/byte-mutator.ts'
import { joinChunks, open, recordedArchives, seededRandom } from '../../test/support/recorded-archives.ts'
import { bytesAsSource } from './byte-source.ts'
import { listShort, listVerbose } from './list-zip.ts'
import { readDirectory } from './read-zip.ts'
import { ZipError } from './zip-error.ts'
import { zipinfoLine } from './zipinfo-line.ts'
import { zipinfoVerboseEntry, zipinfoVerboseHeader } from './zipinfo-verbose.ts'

const mutate = byteMutator(seededRandom(20240926))

/** Everything that a reader can ask of an archive. ZipErrors are counted; any other error fails the test. */
const exercise = async (bytes: Uint8Array): Promise<'read' | 'refused'> => {
  let outcome: 'read' | 'refused' = 'read'
  const attempt = async (step: () => Promise<unknown>) => {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      outcome = 'refused'
    }
  }
  await attempt(async () => {
    const archive = await readDirectory(bytesAsSource(bytes))
    const text = [
      ...listShort(archive.entries),
      ...listVerbose(archive.entries),
      ...archive.entries.map((entry) => zipinfoLine(entry, { form: 'long' })),
      zipinfoVerboseHeader(archive),
      ...archive.entries.map((entry, i) => zipinfoVerboseEntry(archive, entry, i + 1)),
    ].join('')
    expect(text).not.toMatch(/undefined|NaN/)
    for (const entry of archive.entries) {
      await attempt(async () => {
        const data = await archive.data(entry)
        expect(data.length).toBe(entry.size)
      })
      await attempt(async () => joinChunks(await archive.stream(entry)))
    }
  })
  await attempt(() => open(bytes))
  return outcome
}

test('mutated archives are read or refused, and nothing else', async () => {
  const count = { read: 0, refused: 0 }
  const small = recordedArchives.filter(([, bytes]) => bytes.length < 5000)
  for (let i = 0; i < 4000; i++) count[await exercise(mutate(small[i % small.length]![1]))]++
  expect(count.refused).toBeGreaterThan(1000)
  expect(count.read).toBeGreaterThan(100)
}, 120_000)
