import { describe, expect, test } from 'vitest'
import { inMachine } from '../../test/support/machine.ts'
import type { Command } from './process.ts'
import { O_CREAT, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT } from './system-calls.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)

describe('pipes', () => {
  test('hold 64 KiB; the non-blocking ends say EAGAIN', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe(O_NONBLOCK)
      await expect(async () => system.read(readEnd, 1)).rejects.toMatchObject({ code: 'EAGAIN' })
      expect(await system.write(writeEnd, new Uint8Array(100_000))).toBe(65536)
      await expect(async () => system.write(writeEnd, bytes('x'))).rejects.toMatchObject({ code: 'EAGAIN' })
      expect(await system.read(readEnd, 100_000)).toHaveLength(65536)
    }))

  test('hold more or less on demand, in whole pages', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe(O_NONBLOCK)
      expect([await system.pipeSize(readEnd), await system.pipeSize(writeEnd, 0), await system.pipeSize(readEnd, 4097)]).toEqual([65536, 4096, 8192])
      const writable = () => system.poll([{ fd: writeEnd, events: POLLOUT }], 0)
      expect(await writable()).toHaveLength(1)
      expect(await system.write(writeEnd, new Uint8Array(100_000))).toBe(8192)
      expect(await writable()).toEqual([])
      for (const [size, code] of [[-1, 'EINVAL'], [2 ** 20 + 1, 'EPERM'], [4096, 'EBUSY']] as const) {
        await expect(async () => system.pipeSize(writeEnd, size)).rejects.toMatchObject({ code })
      }
      expect(await system.pipeSize(writeEnd, 9000)).toBe(16384)
      expect(await system.write(writeEnd, new Uint8Array(100_000))).toBe(8192)
      const file = await system.open('file', O_RDWR | O_CREAT)
      for (const fd of [file, 99]) await expect(async () => system.pipeSize(fd)).rejects.toMatchObject({ code: 'EBADF' })
    }))

  test('that grow let their writer go on', () =>
    inMachine({}, async ({ system }) => {
      const [, writeEnd] = await system.pipe()
      const writing = system.write(writeEnd, new Uint8Array(70_000))
      await system.pipeSize(writeEnd, 1 << 20)
      expect(await writing).toBe(70_000)
    }))

  test('never split a write of up to PIPE_BUF bytes', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe(O_NONBLOCK)
      await system.write(writeEnd, new Uint8Array(65536 - 4095))
      await expect(async () => system.write(writeEnd, new Uint8Array(4096))).rejects.toMatchObject({ code: 'EAGAIN' })
      expect(await system.write(writeEnd, new Uint8Array(4097))).toBe(4095)
      expect(await system.available(readEnd)).toBe(65536)
    }))

  test('a reader of single bytes does not make the writer follow in as small steps', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const writing = Promise.resolve(system.write(writeEnd, new Uint8Array(70_000)))
      for (let at = 0; at < 4095; at++) await system.read(readEnd, 1)
      await system.sleep(1)
      expect(await system.available(readEnd)).toBe(65_536 - 4095)
      await system.read(readEnd, 1)
      await system.sleep(1)
      expect(await system.available(readEnd)).toBe(65_536)
      await system.read(readEnd, 65_536)
      expect(await writing).toBe(70_000)
    }))

  test('make writers wait for readers and readers for writers', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe()
      const order: string[] = []
      const writing = Promise.resolve(system.write(writeEnd, new Uint8Array(70_000))).then((count) => order.push(`wrote ${count}`))
      await system.sleep(2)
      expect(order).toEqual([])
      await system.read(readEnd, 10_000)
      await writing
      expect(order).toEqual(['wrote 70000'])
      await system.read(readEnd, 60_000)
      const reading = Promise.resolve(system.read(readEnd, 10))
      await system.write(writeEnd, bytes('abc'))
      expect(text(await reading)).toBe('abc')
      await system.close(writeEnd)
      expect(await system.read(readEnd, 10)).toHaveLength(0)
    }))

  test('cannot seek', () =>
    inMachine({}, async ({ system }) => {
      const [readEnd, writeEnd] = await system.pipe()
      await expect(async () => system.lseek(readEnd, 0, 0)).rejects.toMatchObject({ code: 'ESPIPE' })
      await expect(async () => system.pread(readEnd, 1, 0)).rejects.toMatchObject({ code: 'ESPIPE' })
      await expect(async () => system.read(writeEnd, 1)).rejects.toMatchObject({ code: 'EBADF' })
      await expect(async () => system.write(readEnd, bytes('x'))).rejects.toMatchObject({ code: 'EBADF' })
      expect((await system.fstat(readEnd)).mode).toBe(0o10600)
    }))
})

describe('FIFOs', () => {
  const writer: Command = async (_args, { system }) => {
    const fd = await system.open('fifo', O_WRONLY)
    await system.write(fd, bytes('through'))
    return 0
  }

  test('wait for the other side', () =>
    inMachine({ writer }, async ({ system }) => {
      await system.mkfifo('fifo')
      await system.spawn({ path: '/usr/bin/writer', argv: ['writer'], env: {} })
      await system.sleep(2)
      const fd = await system.open('fifo', O_RDONLY)
      expect(text(await system.read(fd, 100))).toBe('through')
      expect(await system.read(fd, 100)).toHaveLength(0)
      await system.wait(-1)
    }))

  test('without waiting: a reader opens, a writer finds nobody', () =>
    inMachine({ writer }, async ({ system }) => {
      await system.mkfifo('fifo')
      await expect(async () => system.open('fifo', O_WRONLY | O_NONBLOCK)).rejects.toMatchObject({ code: 'ENXIO', path: 'fifo' })
      const fd = await system.open('fifo', O_RDONLY | O_NONBLOCK)
      expect(await system.read(fd, 1)).toHaveLength(0)
      await system.close(fd)
      const both = await system.open('fifo', O_RDWR)
      await system.write(both, bytes('self'))
      expect(text(await system.read(both, 10))).toBe('self')
    }))

  test('a killed opener is no reader', () =>
    inMachine(
      {
        reader: async (_args, { system }) => {
          await system.open('fifo', O_RDONLY)
          return 0
        },
      },
      async ({ system }) => {
        await system.mkfifo('fifo')
        const pid = await system.spawn({ path: '/usr/bin/reader', argv: ['reader'], env: {} })
        await system.sleep(2)
        await system.kill(pid, 9)
        await system.wait(pid)
        await system.sleep(0)
        await expect(async () => system.open('fifo', O_WRONLY | O_NONBLOCK)).rejects.toMatchObject({ code: 'ENXIO' })
      },
    ))
})

test('poll tells what is ready, waits, and gives up in time', () =>
  inMachine({}, async ({ system }) => {
    const [readEnd, writeEnd] = await system.pipe()
    const both = [
      { fd: readEnd, events: POLLIN },
      { fd: writeEnd, events: POLLOUT },
    ]
    expect(await system.poll(both, -1)).toEqual([{ fd: writeEnd, revents: POLLOUT }])
    expect(await system.poll([{ fd: readEnd, events: POLLIN }], 0)).toEqual([])
    expect(await system.poll([{ fd: readEnd, events: POLLIN }], 3)).toEqual([])
    expect(await system.poll([{ fd: 99, events: POLLIN }, { fd: -1, events: POLLIN }], 0)).toEqual([{ fd: 99, revents: POLLNVAL }])
    const waiting = Promise.resolve(system.poll([{ fd: readEnd, events: POLLIN }], -1))
    await system.write(writeEnd, bytes('x'))
    expect(await waiting).toEqual([{ fd: readEnd, revents: POLLIN }])
    await system.close(writeEnd)
    expect(await system.poll([{ fd: readEnd, events: POLLIN }], -1)).toEqual([{ fd: readEnd, revents: POLLIN | POLLHUP }])
    const [otherRead, otherWrite] = await system.pipe()
    await system.close(otherRead)
    expect(await system.poll([{ fd: otherWrite, events: POLLOUT }], -1)).toEqual([{ fd: otherWrite, revents: POLLOUT | POLLERR }])
  }))

test('flock: shared, exclusive, waiting, given up on close', () =>
  inMachine({}, async ({ system }) => {
    const [shared, exclusive, nonBlocking, unlock] = [1, 2, 4, 8]
    const one = await system.open('lock', O_CREAT | O_RDWR)
    const two = await system.open('lock', O_RDONLY)
    await system.flock(one, shared)
    await system.flock(two, shared)
    await expect(async () => system.flock(one, exclusive | nonBlocking)).rejects.toMatchObject({ code: 'EAGAIN' })
    await system.flock(two, unlock)
    await system.flock(one, exclusive)
    let locked = false
    const waiting = Promise.resolve(system.flock(two, exclusive)).then(() => (locked = true))
    await system.sleep(2)
    expect(locked).toBe(false)
    await system.close(one)
    await waiting
  }))
