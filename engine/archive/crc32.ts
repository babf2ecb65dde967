/** Eight tables: byte k of a word is looked up in table 7 - k, so a step takes eight bytes ("slicing by 8"). */
const makeTables = (): Int32Array => {
  const tables = new Int32Array(8 * 256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    tables[n] = c
  }
  for (let n = 0; n < 256; n++) {
    let c = tables[n]!
    for (let k = 1; k < 8; k++) {
      c = tables[c & 255]! ^ (c >>> 8)
      tables[k * 256 + n] = c
    }
  }
  return tables
}
const table = makeTables()

/** CRC-32 of ISO 3309 (APPNOTE 4.4.7), unsigned. Pass the value for the bytes before as `seed` to go on. */
export const crc32 = (bytes: Uint8Array, seed = 0): number => {
  let crc = ~seed
  const end = bytes.length
  const words = end - (end & 7)
  let i = 0
  for (; i < words; i += 8) {
    const low = crc ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
    crc =
      table[1792 + (low & 255)]! ^
      table[1536 + ((low >>> 8) & 255)]! ^
      table[1280 + ((low >>> 16) & 255)]! ^
      table[1024 + (low >>> 24)]! ^
      table[768 + bytes[i + 4]!]! ^
      table[512 + bytes[i + 5]!]! ^
      table[256 + bytes[i + 6]!]! ^
      table[bytes[i + 7]!]!
  }
  for (; i < end; i++) crc = table[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}
