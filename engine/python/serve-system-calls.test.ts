import { describe, expect, test } from 'vitest'
import { REPLACED } from '../machine/change-log.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { ANSWERED, BYTES, FAILURE, HEADER, JSON_VALUE, KIND, LENGTH, MAILBOX, REST, STATE } from './protocol.ts'
import { serveSystemCalls } from './serve-system-calls.ts'

function serve(calls: Partial<SystemCalls>) {
  const mailbox = new SharedArrayBuffer(MAILBOX)
  const words = new Int32Array(mailbox, 0, HEADER / 4)
  const { receive } = serveSystemCalls(calls as SystemCalls, mailbox)
  const body = () => new Uint8Array(mailbox, HEADER, words[LENGTH]).slice()
  return {
    receive, words, body,
    text: () => new TextDecoder().decode(body()),
    async call(name: string, ...args: unknown[]) {
      receive({ op: 'call', name, args })
      await new Promise(resolve => setTimeout(resolve))
    },
  }
}

describe('serveSystemCalls', () => {
  test('answers with JSON, bytes, and errors by name', async () => {
    const kernel = serve({ getpid: () => 7, read: () => new Uint8Array([1, 2]), stat: () => { throw new SystemError('ENOENT', '/x') } })
    await kernel.call('getpid')
    expect([kernel.words[STATE], kernel.words[KIND], kernel.text()]).toEqual([ANSWERED, JSON_VALUE, '7'])
    await kernel.call('read', 0, 2)
    expect([kernel.words[KIND], ...kernel.body()]).toEqual([BYTES, 1, 2])
    await kernel.call('stat', '/x')
    expect([kernel.words[KIND], kernel.text()]).toEqual([FAILURE, '["ENOENT","/x",null]'])
  })

  test('gives a large answer in parts', async () => {
    const bytes = Uint8Array.from({ length: MAILBOX * 2 }, (_, index) => index % 251)
    const kernel = serve({ read: () => bytes })
    await kernel.call('read', 0, bytes.length)
    const parts = [kernel.body()]
    while ((kernel.words[REST] ?? 0) > 0) {
      kernel.receive({ op: 'more' })
      parts.push(kernel.body())
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    expect(() => kernel.receive({ op: 'more' })).toThrow('a request for more where there is nothing')
  })

  test.each([
    ['nothing', undefined, 'a message without a kind'],
    ['a call that does not exist', { op: 'call', name: 'constructor', args: [] }, 'no system call is named constructor'],
    ['a call of no name', { op: 'call', name: 4, args: [] }, 'no system call is named 4'],
    ['a path that is a number', { op: 'call', name: 'stat', args: [1] }, 'stat: argument 1 is malformed'],
    ['a path with a NUL', { op: 'call', name: 'stat', args: ['a\0b'] }, 'stat: argument 1 is malformed'],
    ['a length that is no number', { op: 'call', name: 'read', args: [0, NaN] }, 'read: argument 2 is malformed'],
    ['bytes that are text', { op: 'call', name: 'write', args: [1, 'x'] }, 'write: argument 2 is malformed'],
    ['too many arguments', { op: 'call', name: 'getpid', args: [1] }, 'getpid: wrong number of arguments'],
    ['an environment of numbers', { op: 'call', name: 'exec', args: ['/x', [], { A: 1 }] }, 'exec: argument 3 is malformed'],
  ])('refuses %s', (_what, message, error) => {
    expect(() => serve({ getpid: () => 1 }).receive(message)).toThrow(error)
  })

  test('a file that was only told of is made whole; where that fails, nothing that was known of files stays', async () => {
    const changes = new Int32Array(8)
    const done: unknown[] = []
    const { receive } = serveSystemCalls({
      open: (path: string) => {
        if (path === '/no') throw new SystemError('ENOENT', path)
        return done.push(path)
      },
      write: (fd: number, bytes: Uint8Array) => done.push(fd, ...bytes),
      close: (fd: number) => void done.push(-fd),
    } as Partial<SystemCalls> as SystemCalls, new SharedArrayBuffer(MAILBOX), changes)
    receive({ op: 'tell', name: 'makeFile', args: ['/f', 0o666, new Uint8Array([7, 8])] })
    expect([done, changes[0]]).toEqual([['/f', 1, 7, 8, -1], 0])
    receive({ op: 'tell', name: 'makeFile', args: ['/no', 0o666, new Uint8Array(1)] })
    expect(changes.slice(0, 2)).toEqual(new Int32Array([1, REPLACED]))
    expect(() => receive({ op: 'tell', name: 'rmdir', args: ['/f'] })).toThrow('rmdir is no call that nobody waits for')
  })

  test('refuses a second call while the first waits', () => {
    const kernel = serve({ read: () => new Promise(() => undefined) })
    kernel.receive({ op: 'call', name: 'read', args: [0, 1] })
    expect(() => kernel.receive({ op: 'call', name: 'read', args: [0, 1] })).toThrow('read while another call is being answered')
  })
})
