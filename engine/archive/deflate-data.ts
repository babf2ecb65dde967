import { deflateSync } from 'fflate'
import { crc32 } from './crc32.ts'
import type { DeflateLevel } from './pack-data.ts'

/**
 * Deflated in one call of fflate's, and the CRC of what it was: the result does not depend on how the bytes came, its size is known before the
 * header is written, and it is faster than the streaming class.
 */
export const deflateData = (data: Uint8Array, level: DeflateLevel): { bytes: Uint8Array; crc: number } => ({
  bytes: deflateSync(data, { level }),
  crc: crc32(data),
})
