import type { ByteSource } from '../archive/byte-source.ts'
import { checkHashes } from '../index/check-hashes.ts'
import { pathOfFileUrl } from '../index/direct-file.ts'
import { IndexError } from '../index/index-error.ts'
import type { PackageIndex } from '../index/package-index.ts'
import { shownUrl } from '../index/shown-url.ts'
import type { Resolved } from '../resolver/resolution.ts'
import { PexError } from '../pex/pex-error.ts'
import { formatRequirement } from '../packaging/requirement.ts'
import { breathingSource } from './breathing-source.ts'
import type { PexHome } from './pex-home.ts'
import type { Progress } from './progress.ts'

/** A wheel that is at hand. */
export interface FetchedWheel {
  readonly fileName: string
  readonly source: ByteSource
  /** What no other content has, where that can be told without reading it all. */
  readonly identity?: string | undefined
}

/** Of what a root's `--hash` allows one must fit; pip's words where none does. */
const checkRoots = async ({ file, roots }: Resolved, source: ByteSource): Promise<void> => {
  for (const { requirement, from, hashes } of roots) {
    if (hashes.length === 0) continue
    const bytes = await source.read(0, source.size)
    let mismatch: IndexError['mismatch']
    for (const hash of hashes) {
      const [algorithm = '', digest = ''] = hash.split(':')
      try {
        await checkHashes(bytes, { [algorithm]: digest.toLowerCase() }, file.fileName)
        mismatch = undefined
        break
      } catch (error) {
        if (!(error instanceof IndexError) || !error.mismatch) throw error
        mismatch = error.mismatch
      }
    }
    if (!mismatch) continue
    const expected = hashes.map(hash => `pip:         Expected ${hash.replace(':', ' ')}`)
    throw new PexError([
      'pip: ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
      `pip:     ${formatRequirement(requirement)} from ${shownUrl(file.url)}${from === undefined ? '' : ` (from ${from})`}:`,
      ...expected,
      `pip:              Got        ${mismatch.got}`,
    ].join('\n'))
  }
}

/** A file of this machine of which no hash is promised is read where it lies, in parts. */
const sourceOf = async (resolved: Resolved, index: PackageIndex, home: PexHome, progress: Progress): Promise<Omit<FetchedWheel, 'fileName'>> => {
  const { file } = resolved
  const unchecked = Object.keys(file.hashes).length === 0
  if (file.url.startsWith('file:') && unchecked) {
    const path = pathOfFileUrl(file.url)
    return { identity: await home.files.identity?.(path), source: await home.files.open(path) }
  }
  const shown = progress.download(file.fileName)
  return { source: await index.fetchFile(file, { signal: home.signal, progress: shown }), identity: file.hashes['sha256'] }
}

/** Brings the files of what was chosen, in its order; all at once, as far as the index lets. */
export const fetchWheels = (
  distributions: readonly Resolved[], index: PackageIndex, home: PexHome, progress: Progress,
): Promise<FetchedWheel[]> => Promise.all(distributions.map(async resolved => {
  const fetched = await sourceOf(resolved, index, home, progress)
  await checkRoots(resolved, fetched.source)
  return { fileName: resolved.file.fileName, ...fetched, source: breathingSource(fetched.source, home) }
}))
