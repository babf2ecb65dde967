import { ZipError } from './zip-error.ts'

/** Random access to an archive's bytes: a file, a buffer, ranges of a remote file. `read` may return fewer bytes only at the end. */
export interface ByteSource {
  readonly size: number
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>
}

export const bytesAsSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
})

/** Exactly `length` bytes, or a ZipError 'truncated' that says what they would have been. */
export const readExactly = async (source: ByteSource, offset: number, length: number, what: string): Promise<Uint8Array> => {
  if (offset < 0 || offset + length > source.size) {
    throw new ZipError('truncated', `truncated: ${what} needs ${length} bytes at ${offset}, the file has ${source.size}`)
  }
  const bytes = await source.read(offset, length)
  if (bytes.length !== length) throw new ZipError('truncated', `truncated: ${what} needs ${length} bytes at ${offset}, got ${bytes.length}`)
  return bytes
}
