import { PackagingError } from './packaging-error.ts'

const decodeUtf32 = (bytes: Uint8Array, littleEndian: boolean): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const codes = Array.from({ length: bytes.byteLength >> 2 }, (_, i) => view.getUint32(i * 4, littleEndian))
  if (bytes.byteLength % 4 !== 0 || codes.some(code => code > 0x10ffff)) throw new TypeError('not UTF-32')
  return codes.map(code => String.fromCodePoint(code)).join('')
}

const decoding = (encoding: string) => (bytes: Uint8Array): string =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)

/** Byte order marks; those of UTF-16 begin that of UTF-32, so the longer come first. */
const marks: readonly [mark: readonly number[], encoding: string, decode: (bytes: Uint8Array) => string][] = [
  [[0xef, 0xbb, 0xbf], 'UTF-8', decoding('utf-8')],
  [[0xff, 0xfe, 0, 0], 'UTF-32', bytes => decodeUtf32(bytes, true)],
  [[0, 0, 0xfe, 0xff], 'UTF-32', bytes => decodeUtf32(bytes, false)],
  [[0xff, 0xfe], 'UTF-16', decoding('utf-16le')],
  [[0xfe, 0xff], 'UTF-16', decoding('utf-16be')],
]

/** What Windows-1252 has where Latin-1 has the control characters from 0x80 to 0x9f; five places are empty. */
const windows = '\u20ac \u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152 \u017d  '
  + '\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153 \u017e\u0178'

const windowsCharacter = (byte: number): string => {
  const character = byte >= 0x80 && byte < 0xa0 ? windows.charAt(byte - 0x80) : String.fromCharCode(byte)
  if (character === ' ' && byte !== 0x20) throw new TypeError('not Windows-1252')
  return character
}

/** A decoder by Python's name of an encoding. Two are not TextDecoder's: it knows no Latin-1, and in Node takes Windows-1252 for that. */
const decoderOf = (name: string): ((bytes: Uint8Array) => string) => {
  const plain = name.toLowerCase().replaceAll('_', '-')
  if (/^(?:latin-?1|iso-?8859-1|l1)$/.test(plain)) return bytes => Array.from(bytes, byte => String.fromCharCode(byte)).join('')
  if (/^(?:cp|windows-)1252$/.test(plain)) return bytes => Array.from(bytes, windowsCharacter).join('')
  return decoding(plain)
}

/** The encoding that a comment in the first two lines names (PEP 263). */
const declared = (bytes: Uint8Array): string | undefined => {
  const start = Array.from(bytes.subarray(0, 1000), byte => String.fromCharCode(byte)).join('')
  return start.split('\n', 2).map(line => /^#.*coding[:=]\s*([-\w.]+)/.exec(line)?.[1]).find(name => name !== undefined)
}

/** The text of a requirements file: by its byte order mark, else by its PEP 263 comment, else UTF-8. `file` is for the error. */
export const decodeSource = (bytes: Uint8Array, file: string): string => {
  const marked = marks.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))
  const name = marked?.[1] ?? declared(bytes) ?? 'UTF-8'
  try {
    return marked === undefined ? decoderOf(name)(bytes) : marked[2](bytes.subarray(marked[0].length))
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    const remedy = 'save it as UTF-8, or name its encoding in the first line, as in "# -*- coding: latin-1 -*-"'
    throw new PackagingError(`${file}: cannot be read as ${name}: ${remedy}`, 'invalid-requirements-file')
  }
}
