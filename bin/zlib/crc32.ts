/** engine/archive/crc32.ts by Node's zlib: the bundle of bin/pex.ts puts this in its place. */
export { crc32 } from 'node:zlib'
