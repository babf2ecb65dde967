import { expect, test } from 'vitest'
import { decode, encode } from '../shell/escapes.ts'
import { bytesToText, textToBytes } from './byte-text.ts'
import { NUL, records, type LineEnd } from './records.ts'

/** An input that comes in pieces of these sizes, over and over. */
function pieces(bytes: Uint8Array, sizes: number[]) {
  let at = 0
  let count = 0
  return {
    read: async () => {
      if (at >= bytes.length) return undefined
      const piece = bytes.subarray(at, at + sizes[count++ % sizes.length]!)
      at += piece.length
      return piece
    },
  }
}
const all = async (bytes: Uint8Array, sizes: number[], decoder: (bytes: Uint8Array) => string, end?: LineEnd) => {
  const found = []
  for await (const record of records(pieces(bytes, sizes), decoder, end)) found.push(record)
  return found
}
const everyByte = Uint8Array.from({ length: 256 }, (_, at) => at)

test.each([[1], [2, 3], [7, 1, 40], [100_000]])('lines are the same in pieces of %j bytes', async (...sizes) => {
  const text = `é\n\nnaïve café\n${'long '.repeat(50)}\n🐍\0\nno end`
  const expected = text.split('\n').map((line, at, { length }) => ({ text: line, ended: at < length - 1 }))
  expect(await all(encode(text), sizes, decode)).toEqual(expected)
  expect(await all(encode(`${text}\n`), sizes, decode)).toEqual(expected.map(({ text: line }) => ({ text: line, ended: true })))
  expect((await all(encode(text), sizes, decode, NUL)).map((record) => record.ended)).toEqual([true, false])
})

test('bytes that are no UTF-8 come through both ways of decoding', async () => {
  const bad = Uint8Array.of(0xff, 0x41, 0xe2, 0x82, 0x0a, 0xf0, 0x9f, 0x90, 0x8d, 0x80, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0x0a, 0xe2, 0x82, 0xac)
  for (const sizes of [[1], [4], [100]]) {
    const texts = (await all(bad, sizes, decode)).map(({ text }) => text)
    expect(texts).toEqual(['\udcffA\udce2\udc82', '🐍\udc80\udced\udca0\udc80\udcc0\udcaf', '€'])
    expect(encode(texts.join('\n'))).toEqual(bad)
  }
  expect(bytesToText(everyByte)).toBe(String.fromCharCode(...everyByte))
  expect(textToBytes(bytesToText(everyByte))).toEqual(everyByte)
})

test('no input has no lines', async () => {
  expect(await all(new Uint8Array(), [1], bytesToText)).toEqual([])
  expect(await all(encode('\n'), [1], bytesToText)).toEqual([{ text: '', ended: true }])
})
