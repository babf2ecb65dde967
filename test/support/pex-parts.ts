import { createHash } from 'node:crypto'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { readZip } from '../../engine/archive/read-zip.ts'

/** What is recorded of a real PEX: enough to tell whether another is the same, and where not. */
export interface RecordedPex {
  /** Of the file; of a directory, of its listing. */
  sha256: string
  info: string
  /** Of each part (the bootstrap, a distribution, a file beside them) the sha256 of its entries' names, modes and contents. */
  parts: Record<string, string>
}

/** A file of a directory, or of a zip. */
export interface PartFile {
  path: string
  mode: number
  bytes: Uint8Array
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

const partOf = (path: string) => (path.startsWith('.deps/') ? path.split('/').slice(0, 2).join('/') : path.startsWith('.bootstrap/') ? '.bootstrap' : path)

const describe = (files: PartFile[], sum: string): RecordedPex => {
  const lines = new Map<string, string>()
  for (const { path, mode, bytes } of files) lines.set(partOf(path), `${lines.get(partOf(path)) ?? ''}${path} ${mode.toString(8)} ${sha256(bytes)}\n`)
  const info = files.find(({ path }) => path === 'PEX-INFO')
  return {
    sha256: sum,
    info: new TextDecoder().decode(info?.bytes),
    parts: Object.fromEntries([...lines].map(([part, text]) => [part, sha256(text).slice(0, 16)])),
  }
}

/** A zipapp. */
export const describeZip = async (bytes: Uint8Array): Promise<RecordedPex> => {
  const archive = await readZip(bytesAsSource(bytes))
  const files: PartFile[] = [{ path: '(prefix)', mode: 0, bytes: bytes.subarray(0, archive.prefixLength) }]
  for (const entry of archive.entries) files.push({ path: entry.name, mode: entry.permissions ?? 0, bytes: await archive.data(entry) })
  return describe(files, sha256(bytes))
}

/** A packed or loose PEX. */
export const describeDirectory = (files: PartFile[]): RecordedPex => {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  return describe(sorted, sha256(sorted.map(({ path, mode, bytes }) => `${path} ${mode.toString(8)} ${sha256(bytes)}\n`).join('')))
}
