/** What the engine takes of fflate, by Node's zlib: the bundle of bin/pex.ts puts this in fflate's place. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

export { Inflate } from '../../node_modules/fflate/esm/index.mjs'

export const deflateSync = (bytes: Uint8Array, { level = 6 }: { level?: number } = {}): Uint8Array => deflateRawSync(bytes, { level })

/** zlib's own least. */
const leastChunk = 64

/** In one piece, of which there are no copies. Throws RangeError where more comes out than `out` holds. */
export const inflateSync = (bytes: Uint8Array, { out }: { out?: Uint8Array } = {}): Uint8Array =>
  inflateRawSync(bytes, out ? { maxOutputLength: Math.max(out.length, 1), chunkSize: Math.max(out.length, leastChunk) } : {})
