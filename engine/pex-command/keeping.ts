/** What is made of a wheel and kept from one run to the next, where the home keeps that. */
import type { EntryRun } from '../archive/entry-run.ts'
import type { NewEntry } from '../archive/write-zip.ts'
import { keepRun, readRun } from '../pex/kept-run.ts'
import type { KeptParts } from './pex-home.ts'

/** To be counted up whenever the same wheel comes out as other bytes. */
const shape = 2

export type Entries = AsyncGenerator<NewEntry | EntryRun>
type Kept<T> = { readonly run: EntryRun; readonly about: T }

/** Reads what is kept by the key; else makes it, keeps it and reads it. Undefined where it was not kept: the disk is full, say. */
export const keeping = async <T>(
  kept: KeptParts, parts: readonly unknown[], make: () => Promise<{ entries: Entries; about: T }>,
): Promise<Kept<T> | undefined> => {
  const key = JSON.stringify([shape, ...parts])
  const read = async () => {
    const source = await kept.read(key)
    return source && await readRun(source) as Kept<T> | undefined
  }
  const before = await read()
  if (before) return before
  const { entries, about } = await make()
  await kept.write(key, keepRun(entries, () => about))
  return read()
}
