/** A page's own connections to servers of a machine, over the seam. The server is a TypeScript program in Python's place. */
import { afterEach, expect, test } from 'vitest'
import { createHttpConnection } from '../http/http-connection.ts'
import { joinBytes } from '../bytes/join-bytes.ts'
import type { ForeignProgram } from '../machine/machine.ts'
import { internet } from '../machine/socket-address.ts'
import { AF_INET, SHUT_WR, SOCK_STREAM } from '../machine/socket-numbers.ts'
import type { SystemCalls } from '../machine/system-calls.ts'
import { createHost } from './create-host.ts'
import type { FromMachines, Port, ToMachines } from './messages.ts'
import { serveSessions, type Spares } from './serve-sessions.ts'
import type { ByteStream, Session } from './session.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0).reverse()) end()
})

/** A session in which `python3` listens on port 8080 and hands each connection's descriptor to `serve`. */
async function openWithServer(serve: (system: SystemCalls, fd: number) => Promise<void>): Promise<Session> {
  const { port1, port2 } = new MessageChannel()
  endings.push(() => port1.close())
  const listen = async (system: SystemCalls) => {
    const listener = await system.socket(AF_INET, SOCK_STREAM)
    await system.bind(listener, internet('0.0.0.0', 8080))
    await system.listen(listener, 5)
    for (;;) {
      const { fd } = await system.accept(listener)
      await serve(system, fd)
      await system.close(fd)
    }
  }
  const server: ForeignProgram & Spares = {
    idle: () => undefined,
    wake: () => undefined,
    start: ({ system }) => {
      // Ended from outside, in the middle of a call.
      listen(system).catch(() => undefined)
      return { signal: () => undefined, signalled: false, terminate: () => undefined }
    },
  }
  serveSessions(port1 as unknown as Port<FromMachines, ToMachines>, server)
  const host = createHost(async () => ({ port: port2 as unknown as Port<ToMachines, FromMachines>, lost: new Promise(() => undefined), end: () => undefined }))
  const session = await host.open({ name: 'test', directory: '/home/user', files: [] }, { rows: 24, columns: 80 })
  endings.push(() => session.close())
  await expect.poll(() => session.state.atPrompt).toBe(true)
  return session
}

/** Starts the server, and resolves when it listens. */
const listening = (session: Session) => new Promise<void>(resolve => {
  const stop = session.watchPort(8080, now => {
    if (!now) return
    stop()
    resolve()
  })
  session.input('python3\r')
})

async function allOf(stream: ByteStream): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let bytes = await stream.receive(); bytes; bytes = await stream.receive()) parts.push(bytes)
  return joinBytes(parts)
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (text: string) => new TextEncoder().encode(text)

test('nobody listens, somebody does, nobody does any more', async () => {
  const session = await openWithServer(async () => undefined)
  const checkpoint = await session.checkpoint() ?? expect.fail('something runs beside the shell')
  const told: boolean[] = []
  endings.push(session.watchPort(8080, now => told.push(now)))
  await expect(session.connect(8080)).rejects.toThrow('Connection refused')
  expect(told).toEqual([false])
  await listening(session)
  await expect.poll(() => told).toEqual([false, true])
  await session.restore(checkpoint)
  await expect.poll(() => told).toEqual([false, true, false])
  await expect(session.connect(8080)).rejects.toThrow('Connection refused')
})

test('HTTP over a connection: a head, a body in chunks, and the next answer on the same connection', async () => {
  const session = await openWithServer(async (system, fd) => {
    for (let heard = ''; ;) {
      const { bytes } = await system.receive(fd, 65536)
      if (bytes.length === 0) return
      heard += text(bytes)
      if (!heard.endsWith('\r\n\r\n')) continue
      const path = heard.split(' ')[1]
      heard = ''
      await system.send(fd, bytesOf(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nyou: \r\n${path!.length.toString(16)}\r\n${path}\r\n0\r\n\r\n`))
    }
  })
  await listening(session)
  const connection = createHttpConnection(await session.connect(8080))
  for (const path of ['/one', '/two/three']) {
    await connection.send(bytesOf(`GET ${path} HTTP/1.1\r\n\r\n`))
    const head = await connection.head()
    expect(head).toMatchObject({ status: 200, reason: 'OK', version: '1.1' })
    const parts: Uint8Array[] = []
    for await (const part of connection.body(head!, () => undefined)) parts.push(part)
    expect(text(joinBytes(parts))).toBe(`you: ${path}`)
  }
  await connection.close()
})

test('a server that does not read holds the sender back, and loses nothing', async () => {
  let read: () => void = () => undefined
  const mayRead = new Promise<void>(resolve => { read = resolve })
  const session = await openWithServer(async (system, fd) => {
    await mayRead
    let sum = 0
    let count = 0
    for (;;) {
      const { bytes } = await system.receive(fd, 65536)
      if (bytes.length === 0) break
      count += bytes.length
      for (const byte of bytes) sum = (sum + byte) % 65521
      if (count === 5_000_000) break
    }
    await system.send(fd, bytesOf(`${count} ${sum}`))
    await system.shutdown(fd, SHUT_WR)
  })
  await listening(session)
  const stream = await session.connect(8080)
  const bytes = Uint8Array.from({ length: 5_000_000 }, (_, index) => index * 7)
  let sent = false
  const sending = stream.send(bytes).then(() => { sent = true })
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(sent).toBe(false)
  read()
  await sending
  expect(text(await allOf(stream))).toBe(`5000000 ${bytes.reduce((sum, byte) => (sum + byte) % 65521, 0)}`)
  await stream.close()
})

test('a connection ends for a waiting reader when it is closed, and is gone for the server', async () => {
  let over: () => void = () => undefined
  const ended = new Promise<void>(resolve => { over = resolve })
  const session = await openWithServer(async (system, fd) => {
    if ((await system.receive(fd, 1)).bytes.length === 0) over()
  })
  await listening(session)
  const stream = await session.connect(8080)
  const waiting = stream.receive()
  await stream.close()
  expect(await waiting).toBeUndefined()
  await ended
  await expect(stream.receive()).rejects.toThrow('it was closed')
})

test('servers are ended when that is asked for, and nothing else is', async () => {
  const session = await openWithServer(async () => undefined)
  expect(await session.endServers()).toEqual([])
  session.input('sleep 1000 &\r')
  await listening(session)
  expect(await session.endServers()).toEqual(['python3'])
  await expect(session.connect(8080)).rejects.toThrow('Connection refused')
  await expect.poll(() => session.state.atPrompt).toBe(true)
  expect(session.state.status).toBe(128 + 15)
  expect(await session.checkpoint()).toBeUndefined()
})
