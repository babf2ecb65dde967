import { describe, expect, test } from 'vitest'
import { inMachine, readFile } from '../../test/support/machine.ts'
import type { Process } from './process.ts'
import { O_CREAT, O_RDONLY, O_RDWR } from './system-calls.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array | undefined) => data && new TextDecoder().decode(data)
const within = (run: (process: Process) => Promise<void>) => inMachine({}, run)

/** A pipe that gives out each piece by itself, when the reader asks for it. */
async function reading(process: Process, pieces: (string | Uint8Array)[]) {
  const { system } = process
  const [readEnd, writeEnd] = await system.pipe()
  const feed = async () => {
    for (const piece of pieces) {
      await system.write(writeEnd, typeof piece === 'string' ? bytes(piece) : piece)
      await system.sleep(1)
    }
    await system.close(writeEnd)
  }
  return { reader: process.reader(readEnd), fed: feed() }
}
const linesOf = async (source: AsyncIterable<Uint8Array>) => {
  const lines = []
  for await (const line of source) lines.push(text(line))
  return lines
}

describe('a reader', () => {
  test('gives lines with their ends, whatever pieces they come in', () =>
    within(async (process) => {
      const long = 'x'.repeat(100)
      const { reader, fed } = await reading(process, ['one\ntw', 'o\n\n', long, `${long}\nla`, 'st'])
      expect(await linesOf(reader.lines())).toEqual(['one\n', 'two\n', '\n', `${long}${long}\n`, 'last'])
      await fed
    }))

  test('gives a line that has been read at once, and waits for others', () =>
    within(async (process) => {
      const { reader, fed } = await reading(process, ['one\ntwo\nthr', 'ee\n'])
      expect(text(await reader.line())).toBe('one\n')
      expect(text(reader.line() as Uint8Array)).toBe('two\n')
      expect(reader.line()).toBeInstanceOf(Promise)
      await fed
    }))

  test('keeps what one way of reading leaves for the next', () =>
    within(async (process) => {
      const { reader, fed } = await reading(process, ['one\ntwo\0three\nfour\nfive'])
      expect(text(await reader.line())).toBe('one\n')
      expect(text(await reader.line(0))).toBe('two\0')
      for await (const line of reader.lines()) {
        expect(text(line)).toBe('three\n')
        break
      }
      expect(text(await reader.read())).toBe('four\nfive')
      expect(await reader.line()).toBeUndefined()
      expect(text(await reader.all())).toBe('')
      await fed
    }))

  test('an iterator over lines has one end, though a terminal could go on', () =>
    within(async (process) => {
      const { system } = process
      const fd = await system.open('growing', O_RDWR | O_CREAT)
      await system.write(fd, bytes('one\n'))
      const lines = process.reader(await system.open('growing', O_RDONLY)).lines()[Symbol.asyncIterator]()
      expect((await lines.next()).done).toBe(false)
      expect((await lines.next()).done).toBe(true)
      await system.write(fd, bytes('two\n'))
      expect((await lines.next()).done).toBe(true)
    }))
})

describe('a writer', () => {
  test('keeps the order of text and bytes, of any length and alphabet', () =>
    inMachine({}, async (process, { fs }) => {
      const { system } = process
      const writer = process.writer(await system.open('out', O_RDWR | O_CREAT))
      const parts = ['ascii', 'naïve ', '€'.repeat(60), '🐍 and \ud800 alone', 'y'.repeat(100_000), '', 'end\n']
      const own = Uint8Array.from({ length: 300 }, (_, at) => at % 256)
      for (const part of parts) {
        await writer.write(part)
        await writer.write(own.subarray(0, 5))
        await writer.write(own)
      }
      await writer.flush()
      const expected = Buffer.concat(parts.flatMap((part) => [bytes(part), own.subarray(0, 5), own]))
      expect(Buffer.compare(readFile(fs, 'out'), expected)).toBe(0)
    }))

  test('has taken what it was given: the caller may use the bytes for something else', () =>
    within(async (process) => {
      const { system } = process
      const [readEnd, writeEnd] = await system.pipe()
      const writer = process.writer(writeEnd)
      const own = bytes('first')
      void writer.write(own)
      own.set(bytes('other'))
      await writer.write(own)
      expect(await system.available(readEnd)).toBe(0)
      await writer.flush()
      expect(text(await system.read(readEnd, 100))).toBe('firstother')
    }))

  test('waits for room, and says what is wrong with the descriptor when it writes', () =>
    within(async (process) => {
      const { system } = process
      const [readEnd, writeEnd] = await system.pipe()
      const writer = process.writer(writeEnd)
      let written = false
      const writing = writer.write('z'.repeat(70_000)).then(() => (written = true))
      await system.sleep(2)
      expect(written).toBe(false)
      expect((await system.read(readEnd, 10_000)).length).toBe(10_000)
      await writing
      const closed = process.writer(99)
      await closed.write('nobody')
      await expect(closed.flush()).rejects.toMatchObject({ code: 'EBADF', path: 'write error' })
      await system.read(readEnd, 70_000)
    }))
})
