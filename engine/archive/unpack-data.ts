import { inflateSync } from 'fflate'
import { crc32 } from './crc32.ts'
import { methods } from './zip-entry.ts'
import { ZipError } from './zip-error.ts'

/** What an archive's directory says of an entry's data. */
export interface DataClaim {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
}

/** fflate's errors are plain Errors with a numeric code; they all mean that the stream is no deflate data. */
export const badData = ({ name }: DataClaim, error: unknown): ZipError =>
  new ZipError('bad-data', `its data cannot be inflated (${error instanceof Error ? error.message : String(error)})`, name)

export const sizeLie = (claim: DataClaim, size: number | string): ZipError =>
  new ZipError('size-mismatch', `inflates to ${size} bytes, not to the ${claim.size} that the directory says`, claim.name)

/** The CRC first: damaged data rarely keep their size, and a CRC says so better. */
export const checkWhole = (claim: DataClaim, crc: number, size: number): void => {
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  if (crc !== claim.crc) throw new ZipError('crc-mismatch', `bad CRC ${hex(crc)} (should be ${hex(claim.crc)})`, claim.name)
  if (size !== claim.size) throw sizeLie(claim, size)
}

const inflate = (packed: Uint8Array, claim: DataClaim): Uint8Array => {
  if (packed.length === 0) throw badData(claim, new Error('no data'))
  // fflate cuts what does not fit: one byte of room more than claimed shows that there was more.
  let bytes: Uint8Array
  try {
    bytes = inflateSync(packed, { out: new Uint8Array(claim.size + 1) })
  } catch (error) {
    if (error instanceof RangeError) throw sizeLie(claim, 'more')
    throw badData(claim, error)
  }
  if (bytes.length > claim.size) throw sizeLie(claim, 'more')
  return bytes
}

/** An entry's data, stored or deflated -> its bytes, in one go. Throws ZipError where they are not what the directory says. */
export const unpackData = (packed: Uint8Array, claim: DataClaim): { bytes: Uint8Array } => {
  const bytes = claim.method === methods.store ? packed : inflate(packed, claim)
  checkWhole(claim, crc32(bytes), bytes.length)
  return { bytes }
}
