import { hex } from '../bytes/hex.ts'
import type { PackageIndex, ProjectFile } from '../index/package-index.ts'
import type { PexHome } from './pex-home.ts'

const step = 1 << 20

/** A file's sha256, as its listing tells it, else of what is fetched. Throws IndexError. */
export const hashOfFile = async (file: ProjectFile, index: PackageIndex, { digests, signal }: PexHome): Promise<string> => {
  const listed = file.hashes['sha256']
  if (listed !== undefined) return listed
  const source = await index.fetchFile(file, { signal })
  const hasher = digests.sha256()
  for (let at = 0; at < source.size; at += step) hasher.update(await source.read(at, Math.min(step, source.size - at)))
  return hex(await hasher.digest())
}
