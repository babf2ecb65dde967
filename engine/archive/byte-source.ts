import { ZipError } from './zip-error.ts'

/**
 * Random access to an archive's bytes: a file, a buffer, ranges of a remote file. `read` may return fewer bytes only at the end, and may put them into
 * `room` where there is one: who gives it is done with them before it is given again.
 */
export interface ByteSource {
  readonly size: number
  read(offset: number, length: number, room?: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export const bytesAsSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
})

/**
 * A reading that is written once, for sources that answer at once and for those that do not: it yields what it needs and is given the
 * bytes.
 */
export type Reading<T> = Generator<{ offset: number; length: number }, T, Uint8Array>

/** Exactly `length` bytes of a file of `size`, or a ZipError 'truncated' that says what they would have been. */
export function* bytesAt(size: number, offset: number, length: number, what: string): Reading<Uint8Array> {
  if (offset < 0 || offset + length > size) {
    throw new ZipError('truncated', `truncated: ${what} needs ${length} bytes at ${offset}, the file has ${size}`)
  }
  const bytes = yield { offset, length }
  if (bytes.length !== length) throw new ZipError('truncated', `truncated: ${what} needs ${length} bytes at ${offset}, got ${bytes.length}`)
  return bytes
}

export const readFrom = async <T>(source: ByteSource, reading: Reading<T>): Promise<T> => {
  let step = reading.next()
  while (!step.done) step = reading.next(await source.read(step.value.offset, step.value.length))
  return step.value
}

export const readFromBytes = <T>(bytes: Uint8Array, reading: Reading<T>): T => {
  let step = reading.next()
  while (!step.done) step = reading.next(bytes.subarray(step.value.offset, step.value.offset + step.value.length))
  return step.value
}

export const readExactly = (source: ByteSource, offset: number, length: number, what: string): Promise<Uint8Array> =>
  readFrom(source, bytesAt(source.size, offset, length, what))
