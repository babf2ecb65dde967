import { expect, test } from 'vitest'
import { decode, encode, encodeIfNeeded } from './escapes.ts'

const invalid = Uint8Array.of(0xff)
const behindInvalid = (bytes: Uint8Array) => decode(Uint8Array.of(...invalid, ...bytes)).slice(1)

test('every character is itself, also in text that is not all UTF-8', () => {
  for (let from = 0; from < 0x110000; from += 0x800) {
    if (from === 0xd800) continue
    const text = String.fromCodePoint(...Array.from({ length: 0x800 }, (_, at) => from + at))
    const bytes = new TextEncoder().encode(text)
    expect(decode(bytes)).toBe(text)
    expect(behindInvalid(bytes)).toBe(text)
  }
})

test('what is no UTF-8 is kept byte by byte: stray and missing continuations, overlong forms, surrogates, beyond U+10FFFF', () => {
  for (const bytes of [
    [0x80], [0xc3], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x9f, 0xbf], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x9f, 0x90],
    [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xfe],
  ]) {
    expect(decode(Uint8Array.from(bytes))).toBe(String.fromCharCode(...bytes.map((byte) => 0xdc00 + byte)))
    expect(decode(Uint8Array.from([...bytes, 0x41]))).toBe(`${String.fromCharCode(...bytes.map((byte) => 0xdc00 + byte))}A`)
  }
})

test('all bytes come back as they were', () => {
  let seed = 7
  const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: 40 }, () => (random() < 0.5 ? 0x80 : 0) + Math.floor(random() * 128))
    const text = decode(bytes)
    expect(encode(text)).toEqual(bytes)
    expect(typeof encodeIfNeeded(text)).toBe(/[\udc80-\udcff]/u.test(text) ? 'object' : 'string')
  }
})
