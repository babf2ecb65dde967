import type { Digests } from '../install/digests.ts'
import type { Tree } from '../install/tree-file.ts'
import { rowOf } from '../install/record.ts'
import { parseRecord } from '../packaging/record.ts'
import type { CheckedHash } from './check-hashes.ts'

/** A wheel's RECORD: each hash in it, and what the file comes to. Hashes other than sha256 are left out. Throws PackagingError. */
export const checkRecord = async (wheel: Tree, digests: Digests): Promise<CheckedHash[]> => {
  const [, record] = [...wheel].find(([path]) => /^[^/]+\.dist-info\/RECORD$/.test(path)) ?? []
  if (!record) return []
  const checked: CheckedHash[] = []
  for (const { path, hash } of parseRecord(new TextDecoder().decode(await record.read()))) {
    if (!hash.startsWith('sha256=')) continue
    const file = wheel.get(path)
    checked.push({ of: path, recorded: hash.replace(/=+$/, ''), found: file && (await rowOf(digests, path, await file.read())).hash })
  }
  return checked
}
