import { crc32 } from './crc32.ts'
import { tasksFor } from './data-tasks.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import { methods } from './zip-entry.ts'

/** Data as an archive holds them. */
export interface Packed {
  method: number
  crc: number
  size: number
  compressedSize: number
  /** General purpose bits that belong to the data (deflate's level, encryption); never bit 3. */
  flags?: number
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

export type DeflateLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export interface Packing {
  /** 'smaller' deflates and falls back to storing where that gains nothing, as Info-ZIP does. Default 'deflate'. */
  method?: 'store' | 'deflate' | 'smaller'
  /** Default 6. */
  level?: DeflateLevel
}

const collect = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return joinBytes(parts)
}

/** However an entry's bytes come, they are packed together: `deflateData` says why. */
export const packData = async (
  data: Uint8Array | AsyncIterable<Uint8Array>,
  { method = 'deflate', level = 6 }: Packing = {},
): Promise<Packed> => {
  const bytes = data instanceof Uint8Array ? data : await collect(data)
  const stored = (crc: number) => ({ method: methods.store, crc, size: bytes.length, compressedSize: bytes.length, chunks: [bytes] })
  if (method === 'store') return stored(crc32(bytes))
  const { bytes: deflated, crc } = await tasksFor(bytes.length).deflate(bytes, level)
  if (method === 'smaller' && deflated.length >= bytes.length) return stored(crc)
  return { method: methods.deflate, crc, size: bytes.length, compressedSize: deflated.length, chunks: [deflated] }
}
