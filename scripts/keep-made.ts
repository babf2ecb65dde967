import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { putFile } from './put-file.ts'
import { root } from './root.ts'

/** Makes a file of this checkout (`path`) again only when one of the files that it is made of (`inputs`) has changed. */
export async function keepMade(path: string, inputs: string[], make: () => Promise<Uint8Array>): Promise<void> {
  const hash = createHash('sha256')
  for (const input of [...inputs].sort()) hash.update(await readFile(input))
  const digest = hash.digest('hex')
  const stamp = `.cache/set-up/${path.replaceAll('/', '_')}`
  const made = await stat(join(root, path)).then(() => readFile(join(root, stamp), 'utf8')).catch(() => '')
  if (made === digest) return
  await putFile(path, await make())
  await putFile(stamp, digest)
}
