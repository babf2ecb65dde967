import { flagEncrypted, type ZipEntry } from '../archive/zip-entry.ts'
import { padName } from './zip-console.ts'

/** As unzip calls the methods that it knows of but was not built with. */
const knownMethods: Record<number, string> = {
  1: 'shrink',
  2: 'reduce',
  3: 'reduce',
  4: 'reduce',
  5: 'reduce',
  6: 'implode',
  7: 'tokenize',
  9: 'deflate64',
  10: 'DCL implode',
  12: 'bzip2',
  14: 'LZMA',
  18: 'IBM/Terse',
  19: 'IBM LZ77',
  97: 'WavPack',
  98: 'PPMd',
}
const newestVersion = 46

export type Unextractable = { reason: 'unsupported' | 'encrypted'; text: string }

/** Why a member is skipped, in unzip's words; undefined where it can be read. `name` is as shown. */
export function unextractable(entry: ZipEntry, name: string): Unextractable | undefined {
  const skipping = `   skipping: ${padName(name)}  `
  const needed = entry.raw.versionNeeded & 0xff
  if (needed > newestVersion) {
    const version = `${Math.floor(needed / 10)}.${needed % 10}`
    return { reason: 'unsupported', text: `${skipping}need PK compat. v${version} (can do v4.6)\n` }
  }
  if (entry.method !== 0 && entry.method !== 8) {
    const known = knownMethods[entry.method]
    return {
      reason: 'unsupported',
      text: `${skipping}${known ? `\`${known}' method not supported` : `unsupported compression method ${entry.method}`}\n`,
    }
  }
  if (entry.flags & flagEncrypted) return { reason: 'encrypted', text: `${skipping}unable to get password\n` }
  return undefined
}
