import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

/** Writes a file of this checkout, unless it is so already. It appears whole or not at all, also where two processes write it at once. */
export async function putFile(path: string, content: string | Uint8Array): Promise<void> {
  const to = join(root, path)
  const old = await readFile(to).catch(() => undefined)
  if (old?.equals(Buffer.from(content))) return
  const part = join(root, '.cache', `part-${process.pid}-${path.replaceAll('/', '_')}`)
  await Promise.all([dirname(to), dirname(part)].map(directory => mkdir(directory, { recursive: true })))
  await writeFile(part, content)
  await rename(part, to)
}
